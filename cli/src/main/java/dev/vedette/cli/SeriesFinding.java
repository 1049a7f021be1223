package dev.vedette.cli;

import dev.vedette.Decision;
import dev.vedette.Reading;
import dev.vedette.SeriesDecider;
import dev.vedette.data.Series;
import dev.vedette.explain.Direction;
import dev.vedette.explain.Explanation;
import dev.vedette.explain.Input;
import dev.vedette.explain.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was found in one series.
 *
 * @param name its key, or its variable where several are looked at one by one; empty for the only
 *     one
 * @param within whether the points are those the decider was fitted on
 */
record SeriesFinding(
    String name, Series series, SeriesDecider decider, Reading reading, boolean within) {

  /**
   * Flagged points in a row.
   *
   * @param to the last of them
   * @param peak the one with the highest score
   */
  record Stretch(int from, int to, int peak) {
    int points() {
      return to - from + 1;
    }
  }

  Decision decision(int point) {
    double score = reading.score()[point];
    return within ? decider.decideWithin(score) : decider.decide(score);
  }

  boolean flagged(int point) {
    return decider.threshold().flags(reading.score()[point]);
  }

  int flagged() {
    int flagged = 0;
    for (int i = 0; i < series.points(); i++) {
      flagged += flagged(i) ? 1 : 0;
    }
    return flagged;
  }

  /** The stretches of flagged points, the highest score first. */
  List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    double[] score = reading.score();
    for (int i = 0; i < score.length; i++) {
      if (flagged(i)) {
        int from = i;
        int peak = i;
        while (i + 1 < score.length && flagged(i + 1)) {
          i++;
          peak = score[i] > score[peak] ? i : peak;
        }
        stretches.add(new Stretch(from, i, peak));
      }
    }
    stretches.sort(Comparator.comparingDouble(stretch -> -score[stretch.peak()]));
    return stretches;
  }

  Explanation explanation(int point) {
    return decider.explain(series, reading, point);
  }

  /** In plain words why a point stands out: {@code value 812 is high, normally 230 to 410}. */
  String why(int point) {
    Explanation explanation = explanation(point);
    List<Reason> reasons = explanation.top(3);
    if (reasons.isEmpty()) {
      reasons = explanation.reasons().subList(0, 1);
    }
    boolean shares = series.variables() > 1;
    return reasons.stream()
        .map(r -> why(r.input()) + (shares ? " (" + Math.round(100 * r.share()) + " %)" : ""))
        .collect(Collectors.joining("; "));
  }

  private static String why(Input input) {
    String what = input.column() + " " + input.value();
    return switch (input.direction()) {
      case HIGH -> what + " is high, normally " + input.normal();
      case LOW -> what + " is low, normally " + input.normal();
      case CHANGE -> "the level of " + input.column() + " changes here: about " + input.normal();
      case MISSING -> input.column() + " is missing";
      default -> what + " is usual by itself; the stretch it is in is not like the others";
    };
  }

  /** Whether the point lies above or below what is normal by the variable that counts most. */
  Direction direction(int point) {
    return explanation(point).reasons().getFirst().input().direction();
  }
}
