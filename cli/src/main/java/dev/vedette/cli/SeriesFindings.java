package dev.vedette.cli;

import dev.vedette.SeriesDetector;
import dev.vedette.data.SeriesColumns;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command found in the series of one file.
 *
 * @param file as the user named it
 * @param zone by whose clock times are told to people
 * @param notices what a reader should know, a sentence each
 */
record SeriesFindings(
    String file,
    SeriesColumns columns,
    SeriesDetector detector,
    ZoneId zone,
    List<SeriesFinding> series,
    List<String> notices,
    List<Console.Phase> timings) {

  /** A stretch of one of the series. */
  record Found(SeriesFinding in, SeriesFinding.Stretch stretch) {
    double severity() {
      return in.decision(stretch.peak()).severity();
    }
  }

  int points() {
    return series.stream().mapToInt(finding -> finding.series().points()).sum();
  }

  int flagged() {
    return series.stream().mapToInt(SeriesFinding::flagged).sum();
  }

  /** All stretches, the most severe first, then the one farthest beyond its threshold. */
  List<Found> found() {
    return series.stream()
        .flatMap(this::found)
        .sorted(
            Comparator.comparingDouble((Found found) -> -found.severity())
                .thenComparingDouble(SeriesFindings::nearness))
        .toList();
  }

  /** How good scores and flags are, for each series with labels of both classes. */
  List<SeriesQuality> qualities() {
    return series.stream().flatMap(finding -> SeriesQuality.of(finding).stream()).toList();
  }

  private Stream<Found> found(SeriesFinding finding) {
    return finding.stretches().stream().map(stretch -> new Found(finding, stretch));
  }

  private static double nearness(Found found) {
    double score = found.in().reading().score()[found.stretch().peak()];
    double cut = found.in().decider().threshold().cut();
    return cut > 0 ? -score / cut : -score;
  }
}
