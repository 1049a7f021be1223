package dev.vedette.connect.sink;

import dev.vedette.pipeline.alert.Alert;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Alerts as lines of JSON at the end of a file. */
final class FileSink implements Sink {
  private final String name;
  private final LineFile file;

  FileSink(SinkText text, Sinks sinks) {
    text.only();
    name = text.text();
    file = new LineFile(path(text, sinks.folder()));
  }

  /** Pipelines come over the network as well: their files stay in the folder. */
  private static Path path(SinkText text, Path folder) {
    String word = text.word("the name of a file", "alerts.jsonl");
    try {
      Path home = folder.toAbsolutePath().normalize();
      Path path = home.resolve(word).normalize();
      if (!path.startsWith(home) || path.equals(home)) {
        throw text.wrong("'" + word + "' is outside of the data folder; write alerts.jsonl");
      }
      return path;
    } catch (InvalidPathException e) {
      throw text.wrong("'" + Plain.line(word, 100) + "' is no name of a file");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Alert alert) throws IOException {
    file.append(AlertJson.of(alert));
  }
}
