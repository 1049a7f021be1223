package dev.vedette.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells files of models from files of pipelines. */
final class ModelSource {
  /** With which a model file begins, and no text does. */
  private static final int MAGIC = 0x89;

  private ModelSource() {}

  /** Whether {@code path} is meant as a model or a folder of models. */
  static boolean is(Path path) {
    if (Files.isDirectory(path) || path.toString().endsWith(".vedette")) {
      return true;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.read() == MAGIC;
    } catch (IOException e) {
      return false; // whoever reads it says why
    }
  }
}
