package dev.vedette.server.rest;

import dev.vedette.server.intake.Limits;
import dev.vedette.server.security.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request whose route and caller are known. */
final class Call {
  private final ServerRequest request;
  private final Body body;
  private final Map<String, String> parts;
  private final @Nullable Caller caller;
  private final Limits limits;
  private final Deadlines deadlines;

  Call(
      ServerRequest request,
      Body body,
      Map<String, String> parts,
      @Nullable Caller caller,
      Limits limits,
      Deadlines deadlines) {
    this.request = request;
    this.body = body;
    this.parts = parts;
    this.caller = caller;
    this.limits = limits;
    this.deadlines = deadlines;
  }

  /** The segment of the path that stands for {@code name}. */
  String part(String name) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException("the route has no part " + name);
    }
    return part;
  }

  /** As {@link #part}; {@code otherwise} where the route has no such part. */
  @Nullable String partOr(String name, @Nullable String otherwise) {
    return parts.getOrDefault(name, otherwise);
  }

  /** The whole number above 0 that stands for {@code name}. */
  long number(String name) {
    return whole("path " + name, part(name), Long.MAX_VALUE);
  }

  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("the route asks nobody who calls");
    }
    return caller;
  }

  /** How the caller reaches this server, such as "https://anomalies.example.org:8443". */
  String address() {
    boolean secure = request.isSecure() || "https".equalsIgnoreCase(header("X-Forwarded-Proto"));
    String host = request.headers().first(HeaderNames.HOST).orElse("localhost");
    return (secure ? "https://" : "http://") + host;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** Refuses queries for anything but {@code names}. */
  void queries(String... names) {
    List<String> known = List.of(names);
    for (String name : new TreeSet<>(request.query().names())) {
      if (!known.contains(name)) {
        throw Problem.bad(
            "query " + Texts.shown(name), "there is no such parameter; there are " + known);
      }
      if (request.query().all(name).size() > 1) {
        throw Problem.bad("query " + name, "it is there twice; write it once");
      }
    }
  }

  @Nullable String query(String name) {
    return request.query().contains(name) ? request.query().get(name) : null;
  }

  @Nullable Long queryTime(String name) {
    String text = query(name);
    if (text == null) {
      return null;
    }
    try {
      // A plus sign in a query means a space.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw Problem.bad(
          "query " + name,
          Texts.shown(text) + " is not a time; write one such as 2026-11-22T08:15:00.000Z");
    }
  }

  @Nullable Boolean queryFlag(String name) {
    String text = query(name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw Problem.bad("query " + name, Texts.shown(text) + " is not true or false");
    }
    return text == null ? null : Boolean.valueOf(text);
  }

  @Nullable Long queryWhole(String name) {
    String text = query(name);
    return text == null ? null : Long.valueOf(whole("query " + name, text, Long.MAX_VALUE));
  }

  @Nullable Double querySeverity() {
    String text = query("severity");
    if (text == null) {
      return null;
    }
    double value = Double.NaN;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // As a number that is not one.
    }
    if (!(value >= 0 && value <= 100)) {
      throw Problem.bad("query severity", Texts.shown(text) + " is not a number from 0 to 100");
    }
    return value;
  }

  int queryLimit() {
    String text = query("limit");
    return text == null ? 100 : (int) whole("query limit", text, 1000);
  }

  private static long whole(String place, String text, long most) {
    long value = 0;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      // As a number out of range.
    }
    if (value < 1 || value > most) {
      String range = most == Long.MAX_VALUE ? "above 0" : "from 1 to " + most;
      throw Problem.bad(place, Texts.shown(text) + " is not a whole number " + range);
    }
    return value;
  }

  /** The first header {@code name}; null where there is none. */
  @Nullable String header(String name) {
    return request.headers().first(HeaderNames.create(name)).orElse(null);
  }

  /** As {@link #type}, with {@code usual} where the request names none. */
  String typeOr(String usual, String... types) {
    return request.headers().contains(HeaderNames.CONTENT_TYPE) ? type(types) : usual;
  }

  /** The media type of the body, one of {@code types}. */
  String type(String... types) {
    String encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new Problem(
          415, "compressed bodies are not taken; send it as it is", "Content-Encoding");
    }
    String sent = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    String[] split = sent.toLowerCase(Locale.ROOT).split(";", 2);
    String type = split[0].strip();
    boolean charset = split.length == 2 && split[1].contains("charset");
    boolean foreign = charset && !split[1].matches("\\s*charset=\"?utf-8\"?\\s*");
    if (!List.of(types).contains(type) || foreign) {
      throw new Problem(
          415,
          (sent.isEmpty() ? "no media type" : Texts.shown(sent) + " is not taken")
              + "; send one of "
              + String.join(", ", types)
              + (foreign ? " in UTF-8" : ""),
          "Content-Type");
    }
    return type;
  }

  Body body() {
    return body;
  }

  /** The whole body, as text in UTF-8. */
  String text(int most) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.bytes(most)))
          .toString();
    } catch (CharacterCodingException e) {
      throw Problem.bad("body", "it is not UTF-8; send it in UTF-8");
    }
  }

  Limits limits() {
    return limits;
  }
}
