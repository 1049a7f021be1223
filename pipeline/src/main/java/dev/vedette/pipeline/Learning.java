package dev.vedette.pipeline;

import dev.vedette.Require;

/**
 * How detectors are fitted again that do not learn event by event.
 *
 * @param reservoir how many events the sample holds they are fitted on, 256 to 1,000,000
 * @param every how many events pass for one that enters the full sample, 1 to 1,000,000
 * @param refit how many events pass between two fits, once there were that many; at least 1,000
 */
public record Learning(int reservoir, int every, int refit) {
  public Learning {
    Require.range("reservoir", reservoir, 256, 1_000_000);
    Require.range("every", every, 1, 1_000_000);
    Require.range("refit", refit, 1_000, 1_000_000_000);
  }

  /** 4,096 events of the last 100,000 or so, fitted every 50,000. */
  public Learning() {
    this(4_096, 16, 50_000);
  }
}
