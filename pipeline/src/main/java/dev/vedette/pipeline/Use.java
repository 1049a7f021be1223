package dev.vedette.pipeline;

import dev.vedette.Detectors;
import dev.vedette.OnlineDetector;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import org.jspecify.annotations.Nullable;

/**
 * A detector as a pipeline uses it. Exactly one of {@code online} and {@code fitted} is there.
 *
 * @param text as written in the pipeline file
 * @param weight in the fused score, more than 0
 * @param online one that learns event by event
 * @param fitted one that is fitted on a reservoir of events, again and again
 */
record Use(
    String text, double weight, @Nullable OnlineDetector online, @Nullable RowDetector fitted) {
  Use {
    Require.that(
        weight > 0 && weight <= 1_000, "weight must be more than 0 and at most 1000, is " + weight);
  }

  /**
   * Reads a detector and its options.
   *
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  static Use parse(String text, double weight) {
    Detectors detectors = Detectors.standard();
    String name = text.strip().split("[\\s=]", 2)[0];
    boolean online =
        detectors.onlineEntries().stream().anyMatch(entry -> entry.name().equals(name));
    boolean known =
        online || detectors.entries().stream().anyMatch(entry -> entry.name().equals(name));
    if (!known) {
      throw new IllegalArgumentException(
          "no detector [%s]; there are %s and, fitted again and again, %s"
              .formatted(
                  name,
                  detectors.onlineEntries().stream().map(Detectors.OnlineEntry::name).toList(),
                  detectors.entries().stream().map(Detectors.Entry::name).toList()));
    }
    return online
        ? new Use(text, weight, detectors.parseOnline(text), null)
        : new Use(text, weight, null, detectors.parse(text));
  }

  boolean isFitted() {
    return fitted != null;
  }
}
