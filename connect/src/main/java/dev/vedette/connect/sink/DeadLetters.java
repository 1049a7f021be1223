package dev.vedette.connect.sink;

import dev.vedette.connect.store.Store.Outgoing;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The alerts that were given up, one line of JSON each with the sink and the reason: nothing is
 * lost, and a person can see to it.
 */
final class DeadLetters {
  private final LineFile file;

  DeadLetters(Path folder) {
    file = new LineFile(folder.resolve("dead-letters.jsonl"));
  }

  void add(long at, String sink, Outgoing message, String reason) throws IOException {
    file.append(
        AlertJson.text(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("at", AlertJson.time(at));
              json.writeStringProperty("sink", sink);
              json.writeNumberProperty("attempts", message.attempts() + 1);
              json.writeStringProperty("reason", reason);
              json.writeName("alert");
              AlertJson.write(json, message.alert());
              json.writeEndObject();
            }));
  }
}
