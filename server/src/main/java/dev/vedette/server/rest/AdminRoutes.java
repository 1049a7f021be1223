package dev.vedette.server.rest;

import dev.vedette.connect.store.Store.ApiKey;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.server.security.Keys;
import dev.vedette.server.security.Right;
import dev.vedette.server.security.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and the audit. */
final class AdminRoutes {
  private static final int MOST_NOTE = 200;

  private final Parts parts;
  private final EventReader reader;

  AdminRoutes(Parts parts) {
    this.parts = parts;
    this.reader = new EventReader(parts.limits().depth(), 1);
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/keys", Right.ADMINISTER, this::keys),
        new Route("POST", "/v1/keys", Right.ADMINISTER, this::create),
        new Route("DELETE", "/v1/keys/{id}", Right.ADMINISTER, this::delete),
        new Route("GET", "/v1/audit", Right.ADMINISTER, this::audit));
  }

  private Reply keys(Call call) {
    call.queries();
    List<ApiKey> keys = parts.keys().all();
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(
              json,
              "keys",
              keys,
              (each, key) -> {
                each.writeStartObject();
                Json.key(each, key);
                each.writeEndObject();
              });
          json.writeEndObject();
        });
  }

  private Reply create(Call call) {
    call.type("application/json");
    Map<String, Object> body =
        reader.object(call.body().bytes(call.limits().body()), List.of("role", "note"));
    Role role = role(body.get("role"));
    if (!(body.getOrDefault("note", "") instanceof String note) || note.length() > MOST_NOTE) {
      throw Problem.bad("note", "it is not a text of at most " + MOST_NOTE + " characters");
    }
    try {
      Keys.Created created = parts.keys().create(role, note, call.caller().who());
      return Reply.json(
          201,
          json -> {
            json.writeStartObject();
            Json.key(json, created.key());
            json.writeStringProperty("key", created.secret());
            json.writeEndObject();
          });
    } catch (IllegalStateException e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
  }

  private static Role role(@Nullable Object text) {
    try {
      return Role.of(text instanceof String name ? name : "");
    } catch (IllegalArgumentException e) {
      throw Problem.bad("role", String.valueOf(e.getMessage()));
    }
  }

  private Reply delete(Call call) {
    String id = call.part("id");
    try {
      if (!parts.keys().delete(id, call.caller().who())) {
        throw new Problem(404, "no key " + Texts.shown(id));
      }
    } catch (IllegalStateException e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
    return Reply.nothing();
  }

  private Reply audit(Call call) {
    call.queries("limit");
    List<Audit> audit = parts.store().audits(call.queryLimit());
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "audit", audit, Json::audit);
          json.writeEndObject();
        });
  }
}
