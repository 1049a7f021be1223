package dev.vedette.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Partition} is doing.
 *
 * @param version as in {@link EventDecision}
 * @param events handled so far, of every kind
 * @param flagged how many of them were flagged
 * @param duplicates how many were duplicates
 * @param late how many were late
 * @param watermark older events are late, in milliseconds since 1970-01-01T00:00Z
 * @param keys in memory
 * @param archivedKeys in the archive
 * @param bytes held in memory, estimated
 * @param bound the most bytes it may hold
 * @param threshold the fused score above which events are flagged; infinite while none can be
 * @param agreement of the detectors on recent events: 1 less their mean disagreement over 50
 * @param drift how far the newest quarter of the recent scores is from the rest, 0 to 1: the
 *     largest difference between their shares below any limit; 0 where it may be chance
 * @param detectors one by one, in the order of the pipeline file
 */
public record Status(
    String version,
    long events,
    long flagged,
    long duplicates,
    long late,
    long watermark,
    long keys,
    long archivedKeys,
    long bytes,
    long bound,
    double threshold,
    double agreement,
    double drift,
    List<DetectorStatus> detectors) {
  /**
   * How one detector is doing.
   *
   * @param detector its text in the pipeline file
   * @param weight in the fused score, 0 to 1
   * @param fits how often it was fitted; 0 for one that learns event by event
   * @param bytes held in memory, estimated
   * @param leftOut why it has no say; null where it has
   */
  public record DetectorStatus(
      String detector, double weight, long fits, long bytes, @Nullable String leftOut) {}

  public Status {
    detectors = List.copyOf(detectors);
  }
}
