package dev.vedette.server.live;

import java.time.Duration;

/**
 * How far the pipelines of a server may go.
 *
 * @param queue the most events that wait in one pipeline, and the most in one submission
 * @param batch about how many events go into one transaction
 * @param snapshotEvents a snapshot is taken after so many events
 * @param snapshotAge or when the newest is so old and there were events
 * @param stall a detector that needs longer for one batch is left out
 * @param attempts a transaction that fails so often is given up
 * @param backOff the pause after the first failure; it doubles up to 5 s
 * @param memory the most bytes all pipelines together may declare
 * @param retention decisions and alerts older than this are forgotten
 */
record Limits(
    int queue,
    int batch,
    long snapshotEvents,
    Duration snapshotAge,
    Duration stall,
    int attempts,
    Duration backOff,
    long memory,
    Duration retention) {
  private static final double SHARE_OF_HEAP = 0.6;

  static Limits standard(Duration retention) {
    return new Limits(
        10_000,
        1_000,
        50_000,
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        10,
        Duration.ofMillis(50),
        (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()),
        retention);
  }
}
