package dev.vedette.data;

/** Placeholder while the encoder is written. */
public final class Encoder {
  private Encoder() {}
}
