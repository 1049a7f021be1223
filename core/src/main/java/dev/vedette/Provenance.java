package dev.vedette;

import dev.vedette.data.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Properties;

/**
 * Where a model comes from.
 *
 * @param library the version of Vedette that fitted it
 * @param rows it was fitted on; 0 where that is not known
 * @param fitted when it was fitted
 * @param fingerprint of the training matrix: the first 16 hex digits of the SHA-256 of its names
 *     and values; empty where that is not known
 */
public record Provenance(String library, int rows, Instant fitted, String fingerprint) {
  public Provenance {
    Require.that(rows >= 0, "the number of training rows is negative");
  }

  /** The provenance of a model fitted on {@code training} now. O(rows × columns). */
  public static Provenance of(Matrix training, InstantSource clock) {
    return new Provenance(version(), training.rows(), now(clock), fingerprint(training));
  }

  /** The provenance of a model whose training data is not at hand. */
  public static Provenance unknown(InstantSource clock) {
    return new Provenance(version(), 0, now(clock), "");
  }

  private static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The version of this library. */
  public static String version() {
    try (InputStream in = Provenance.class.getResourceAsStream("version.properties")) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException("the library's version cannot be read", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String fingerprint(Matrix matrix) {
    MessageDigest digest = sha256();
    digest.update(String.join("\0", matrix.names()).getBytes(StandardCharsets.UTF_8));
    double[] row = new double[matrix.columns()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Double.BYTES);
    for (int i = 0; i < matrix.rows(); i++) {
      matrix.copyRow(i, row);
      bytes.asDoubleBuffer().put(row);
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }
}
