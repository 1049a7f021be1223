package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.connect.sink.Sinks;
import dev.vedette.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pipeline files on the disk. */
final class PipelineSource {
  private static final long LARGEST = 1 << 20;

  private PipelineSource() {}

  /**
   * Reads the pipeline file {@code path}.
   *
   * @throws DataException naming the file and what is wrong with it
   */
  static Pipeline read(Path path) {
    String yaml = text(path);
    if (yaml.isBlank()) {
      throw new DataException(path + " is empty; a pipeline file begins with name: ...");
    }
    Pipeline pipeline;
    try {
      pipeline = Pipeline.parse(yaml);
    } catch (IllegalArgumentException e) {
      throw new DataException(path + ": " + e.getMessage(), e);
    }
    try {
      Sinks.check(pipeline.alerts().to());
    } catch (IllegalArgumentException e) {
      throw new DataException(path + ": alerts.to: " + e.getMessage(), e);
    }
    return pipeline;
  }

  private static String text(Path path) {
    if (!Files.exists(path)) {
      throw new DataException(path + " does not exist");
    }
    if (Files.isDirectory(path)) {
      throw new DataException(path + " is a folder; name a pipeline file in it");
    }
    try {
      if (Files.size(path) > LARGEST) {
        throw new DataException(path + " is larger than a pipeline file may be (1 MB)");
      }
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new DataException(path + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new DataException(path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
