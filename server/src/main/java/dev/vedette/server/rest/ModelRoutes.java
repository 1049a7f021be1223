package dev.vedette.server.rest;

import dev.vedette.ModelFileException;
import dev.vedette.Models;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.server.security.Right;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** Model files, kept in a folder: listed, taken in once they load, given out, removed. */
final class ModelRoutes {
  private static final String SUFFIX = ".vedette";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private record Kept(String name, long bytes, long modified) {}

  private final Parts parts;

  ModelRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/models", Right.READ, this::list),
        new Route("GET", "/v1/models/{name}", Right.READ, this::download),
        new Route("PUT", "/v1/models/{name}", Right.ADMINISTER, this::upload),
        new Route("DELETE", "/v1/models/{name}", Right.ADMINISTER, this::delete));
  }

  private Reply list(Call call) {
    call.queries();
    try {
      List<Kept> kept = kept();
      return Reply.json(
          json -> {
            json.writeStartObject();
            Json.array(json, "models", kept, ModelRoutes::write);
            json.writeEndObject();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Kept> kept() throws IOException {
    if (!Files.isDirectory(parts.models())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(parts.models())) {
      return files
          .map(file -> Objects.toString(file.getFileName()))
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .map(this::kept)
          .toList();
    }
  }

  private Kept kept(String name) {
    Path file = file(name);
    try {
      return new Kept(name, Files.size(file), Files.getLastModifiedTime(file).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply download(Call call) {
    call.queries();
    String name = name(call);
    try {
      byte[] bytes = Files.readAllBytes(file(name));
      return new Reply(200, "application/octet-stream", bytes)
          .header("Content-Disposition", "attachment; filename=\"" + name + SUFFIX + "\"");
    } catch (NoSuchFileException e) {
      throw missing(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply upload(Call call) {
    String name = name(call);
    call.type("application/octet-stream");
    try {
      Files.createDirectories(parts.models());
      Path draft = Files.createTempFile(parts.models(), name, ".draft");
      try {
        try (OutputStream out = Files.newOutputStream(draft)) {
          call.body().copyTo(out, call.limits().model());
        }
        check(draft, name);
        boolean fresh = !Files.exists(file(name));
        Files.move(
            draft, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        audit(call, "model.upload", name);
        Kept kept = kept(name);
        return Reply.json(fresh ? 201 : 200, json -> write(json, kept));
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path draft, String name) {
    try {
      Models.load(draft);
    } catch (ModelFileException e) {
      String reason = String.valueOf(e.getMessage());
      throw Problem.bad("body", reason.replace(draft.toString(), name));
    }
  }

  private Reply delete(Call call) {
    String name = name(call);
    try {
      if (!Files.deleteIfExists(file(name))) {
        throw missing(name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    audit(call, "model.delete", name);
    return Reply.nothing();
  }

  private void audit(Call call, String action, String name) {
    long now = parts.clock().millis();
    parts.store().audit(new Audit(now, call.caller().who(), action, name, ""));
  }

  private static String name(Call call) {
    String name = call.part("name");
    if (!NAME.matcher(name).matches()) {
      throw Problem.bad(
          "path name",
          Texts.shown(name)
              + " is not the name of a model; write at most 64 of a-z, 0-9 and -, a - not first");
    }
    return name;
  }

  private Path file(String name) {
    return parts.models().resolve(name + SUFFIX);
  }

  private static Problem missing(String name) {
    return new Problem(404, "no model " + name + " is kept here");
  }

  private static void write(JsonGenerator json, Kept kept) {
    json.writeStartObject();
    json.writeStringProperty("name", kept.name);
    json.writeNumberProperty("bytes", kept.bytes);
    Json.time(json, "modified", kept.modified);
    json.writeEndObject();
  }
}
