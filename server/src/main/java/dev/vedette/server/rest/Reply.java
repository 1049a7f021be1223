package dev.vedette.server.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An answer.
 *
 * @param type its media type; empty where there is no body
 * @param headers beside the media type
 * @param stream writes a body without end; null where {@code body} is all
 */
record Reply(
    int status, String type, byte[] body, Map<String, String> headers, @Nullable Stream stream) {
  /** A body written while it comes into being. */
  interface Stream {
    void write(OutputStream out) throws IOException;
  }

  Reply(int status, String type, byte[] body) {
    this(status, type, body, Map.of(), null);
  }

  static Reply json(int status, Consumer<JsonGenerator> body) {
    return new Reply(status, "application/json", Json.bytes(body));
  }

  static Reply json(Consumer<JsonGenerator> body) {
    return json(200, body);
  }

  static Reply nothing() {
    return new Reply(204, "", new byte[0]);
  }

  static Reply stream(String type, Stream stream) {
    return new Reply(200, type, new byte[0], Map.of(), stream);
  }

  Reply header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, type, body, more, stream);
  }
}
