package dev.vedette.cli;

/** The command line. */
public final class Vedette {
  private Vedette() {}

  public static void main(String[] args) {
    throw new UnsupportedOperationException("not written yet");
  }
}
