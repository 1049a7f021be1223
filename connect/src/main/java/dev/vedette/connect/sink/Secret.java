package dev.vedette.connect.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A value that must not be seen: it shows only where it comes from. */
final class Secret {
  private static final int LONGEST = 64 * 1024;

  /** Stands for a secret that is not read; it would do as an address, too. */
  private static final String UNREAD = "https://not.read";

  private final String reference;
  private final String value;

  private Secret(String reference, String value) {
    this.reference = reference;
    this.value = value;
  }

  /** The secret that {@code option} refers to; null where the option is absent. */
  static @Nullable Secret of(SinkText text, String option, Sinks sinks) {
    String reference = text.option(option);
    if (reference == null) {
      return null;
    }
    if (!isReference(reference)) {
      // The value is not repeated: it may be the secret itself.
      throw text.wrong(
          option
              + " is written out, and whoever reads the pipeline file would know it; put it into"
              + " an environment variable or a file and write "
              + option
              + "=env:NAME or "
              + option
              + "=file:path");
    }
    return read(text, reference, sinks);
  }

  static boolean isReference(String text) {
    return text.startsWith("env:") || text.startsWith("file:");
  }

  static Secret read(SinkText text, String reference, Sinks sinks) {
    if (!sinks.readSecrets()) {
      return new Secret(reference, UNREAD);
    }
    String name = reference.substring(reference.indexOf(':') + 1);
    String value =
        reference.startsWith("env:")
            ? sinks.environment().apply(name)
            : content(text, reference, sinks.folder(), name);
    if (value == null || value.isBlank()) {
      throw text.wrong(
          reference.startsWith("env:")
              ? "the environment variable " + name + " is not set"
              : reference + " is empty");
    }
    return new Secret(reference, value.strip());
  }

  private static String content(SinkText text, String reference, Path folder, String name) {
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw text.wrong(reference + " is larger than 64 KiB, that is no secret");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw text.wrong(reference + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return reference;
  }
}
