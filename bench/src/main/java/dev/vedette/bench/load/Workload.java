package dev.vedette.bench.load;

import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Events of 16 values, from which the pipeline files beside this class make 20 features. The values
 * are rendered once and used in turn, so that making an event costs next to nothing. Thread-safe.
 */
final class Workload {
  private static final int ROWS = 8192;
  private static final int PLAIN = 14;
  private static final int ODD_ONE_IN = 1000;
  private static final String[] KINDS = {"food", "fuel", "travel", "books", "games", "rent"};

  private final byte[][] json = new byte[ROWS][];
  private final byte[][] protobuf = new byte[ROWS][];
  private final int keys;

  /**
   * @param keys how many different ones the events have
   */
  Workload(String pipeline, int keys, long seed) {
    this.keys = keys;
    var random = new SplittableRandom(seed);
    for (int row = 0; row < ROWS; row++) {
      render(row, pipeline, random);
    }
  }

  /** The text of the pipeline file {@code name}. */
  static String pipeline(String name) {
    try (InputStream in = Workload.class.getResourceAsStream(name + ".yaml")) {
      if (in == null) {
        throw new IllegalArgumentException("pipeline=" + name + " is not one of load, light, kill");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void render(int row, String pipeline, SplittableRandom random) {
    boolean odd = random.nextInt(ODD_ONE_IN) == 0;
    double common = random.nextGaussian();
    var text = new StringBuilder();
    var message = ScoreRequest.newBuilder().setPipeline(pipeline);
    for (int i = 1; i <= PLAIN; i++) {
      double value = (odd && i % 3 == 0 ? 12 : 0.5 * common) + random.nextGaussian();
      text.append(String.format(Locale.ROOT, ",\"x%d\":%.4f", i, value));
      message.putFields("x" + i, Value.newBuilder().setNumber(value).build());
    }
    double amount = Math.exp(3 + random.nextGaussian() + (odd ? 5 : 0));
    String kind = KINDS[Math.min(random.nextInt(KINDS.length), random.nextInt(KINDS.length))];
    text.append(String.format(Locale.ROOT, ",\"amount\":%.2f,\"kind\":\"%s\"}", amount, kind));
    message.putFields("amount", Value.newBuilder().setNumber(amount).build());
    message.putFields("kind", Value.newBuilder().setText(kind).build());
    json[row] = text.toString().getBytes(StandardCharsets.US_ASCII);
    protobuf[row] = message.build().toByteArray();
  }

  private String key(long number) {
    // A multiplicative hash: neighbours in time are of different keys.
    return "key-" + Long.remainderUnsigned((number * 0x9E3779B97F4A7C15L) >>> 17, keys);
  }

  /** An array of {@code count} events from {@code first} on, or one object where it is 1. */
  byte[] json(String prefix, long first, int count, long at) {
    var bytes = new ByteArrayOutputStream(count * 400);
    for (int i = 0; i < count; i++) {
      if (count > 1) {
        bytes.write(i == 0 ? '[' : ',');
      }
      long number = first + i;
      String head =
          "{\"id\":\"%s\",\"key\":\"%s\",\"at\":%d".formatted(prefix + number, key(number), at);
      bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(json[(int) (number % ROWS)]);
    }
    if (count > 1) {
      bytes.write(']');
    }
    return bytes.toByteArray();
  }

  /** One message: entries of a map may be written one after the other. */
  byte[] message(String prefix, long number, long at) {
    byte[] head =
        ScoreRequest.newBuilder()
            .putFields("id", Value.newBuilder().setText(prefix + number).build())
            .putFields("key", Value.newBuilder().setText(key(number)).build())
            .putFields("at", Value.newBuilder().setNumber((double) at).build())
            .build()
            .toByteArray();
    byte[] rest = protobuf[(int) (number % ROWS)];
    byte[] all = new byte[head.length + rest.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }
}
