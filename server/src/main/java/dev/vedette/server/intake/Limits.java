package dev.vedette.server.intake;

import java.time.Duration;

/**
 * What a request may be at most.
 *
 * @param body bytes of a body, 1 KiB to 1 GiB
 * @param model bytes of a model file, 1 KiB to 1 GiB
 * @param depth how deep JSON may nest, 2 to 500
 * @param batch events in a request, 1 to 1,000,000
 * @param header bytes of all headers, 1 KiB to 1 MiB
 * @param time until a request must have arrived, and again until it must be answered, 1 s to 1 h
 */
public record Limits(int body, int model, int depth, int batch, int header, Duration time) {
  private static final int KIB = 1024;
  private static final int GIB = 1 << 30;

  public Limits {
    check("body", body, KIB, GIB);
    check("model", model, KIB, GIB);
    check("depth", depth, 2, 500);
    check("batch", batch, 1, 1_000_000);
    check("header", header, KIB, KIB * KIB);
    check("time", time.toMillis(), 1_000, 3_600_000);
  }

  /** 10 MiB, models of 64 MiB, 32 deep, 10,000 events, 16 KiB of headers, 30 seconds. */
  public Limits() {
    this(10 * KIB * KIB, 64 * KIB * KIB, 32, 10_000, 16 * KIB, Duration.ofSeconds(30));
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "limits: %s is %d; write %d to %d".formatted(name, value, least, most));
    }
  }
}
