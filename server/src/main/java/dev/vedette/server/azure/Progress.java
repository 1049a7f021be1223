package dev.vedette.server.azure;

/** How far a training or a batch detection is. */
public enum Progress {
  CREATED,
  RUNNING,
  READY,
  FAILED;

  boolean over() {
    return this == READY || this == FAILED;
  }
}
