package dev.vedette.cli;

import dev.vedette.data.Draft;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** A file of decisions, one JSON object a line; there whole once committed, or not at all. */
final class DecisionLines implements AutoCloseable {
  private final Draft draft;
  private final BufferedWriter writer;
  private final JsonGenerator json;

  DecisionLines(Draft draft) throws IOException {
    this.draft = draft;
    this.writer = Files.newBufferedWriter(draft.path());
    this.json = JsonMapper.shared().writer().withRootValueSeparator("\n").createGenerator(writer);
  }

  void write(EventDecision decision) {
    Json.write(decision, json);
  }

  void commit() throws IOException {
    json.flush();
    writer.newLine();
    json.close();
    writer.close();
    draft.commit();
  }

  @Override
  public void close() throws IOException {
    json.close();
    writer.close();
    draft.close();
  }
}
