package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vedette.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Files in memory for the tests of reading. */
final class Texts {
  private Texts() {}

  static TableFile open(String text, ReadOptions options) {
    return open(text.getBytes(StandardCharsets.UTF_8), options);
  }

  static TableFile open(byte[] bytes, ReadOptions options) {
    return TableFile.open(Source.of("data.csv", bytes), options, Dialect.Format.DETECT);
  }

  static TableFile open(String text) {
    return open(text, new ReadOptions());
  }

  static Table read(String text) {
    return read(text, new ReadOptions());
  }

  static Table read(String text, ReadOptions options) {
    try (TableFile file = open(text, options)) {
      return file.read();
    }
  }

  static byte[] gzip(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** The one-line message of the error that reading {@code bytes} must end in. */
  static String error(byte[] bytes, ReadOptions options) {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (TableFile file = open(bytes, options)) {
                file.read();
              }
            });
    assertThat(thrown).isInstanceOf(DataException.class);
    String message = String.valueOf(thrown.getMessage());
    assertThat(message).doesNotContain("\n");
    return message;
  }

  static String error(String text, ReadOptions options) {
    return error(text.getBytes(StandardCharsets.UTF_8), options);
  }

  static String error(String text) {
    return error(text, new ReadOptions());
  }

  /** {@code count} lines "0", "1", ... after a header, each followed by {@code suffix}. */
  static StringBuilder numbered(String header, int count, String suffix) {
    var text = new StringBuilder(header).append('\n');
    for (int i = 0; i < count; i++) {
      text.append(i + 2).append(suffix).append('\n');
    }
    return text;
  }
}
