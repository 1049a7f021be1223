package dev.vedette.series;

import dev.vedette.Reading.Component;
import dev.vedette.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The terms of an additive regression at a time: 1, a straight line, a bend at each of some times,
 * sine and cosine of each frequency, and 1 on holidays of each kind.
 *
 * @param origin time at which the line is 0
 * @param span milliseconds after which the line is 1
 * @param bends places of the bends on the line, ascending
 * @param frequencies in cycles per millisecond
 * @param seasons length in milliseconds of the season that each frequency belongs to
 */
record AdditiveBasis(
    long origin,
    double span,
    double[] bends,
    double[] frequencies,
    double[] seasons,
    Holidays holidays) {
  static final int STRAIGHT = 2;

  AdditiveBasis {
    Require.that(span > 0, "the span is not positive");
    Require.finite("a bend", bends);
    Require.finite("a frequency", frequencies);
    Require.finite("a season", seasons);
    Require.that(seasons.length == frequencies.length, "one season per frequency");
  }

  int size() {
    return STRAIGHT + bends.length + 2 * frequencies.length + holidays.kinds().length;
  }

  /** What the parts of the terms are called: the trend, each season once, holidays. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    parts.add(Component.TREND);
    Arrays.stream(seasons).distinct().mapToObj(Season::name).forEach(parts::add);
    if (holidays.kinds().length > 0) {
      parts.add("holidays");
    }
    return parts;
  }

  /** The part that each term belongs to, by its place in {@link #parts}. */
  int[] partOfTerms() {
    int[] part = new int[size()];
    double[] lengths = Arrays.stream(seasons).distinct().toArray();
    int at = STRAIGHT + bends.length;
    for (double season : seasons) {
      int place = 1;
      while (lengths[place - 1] != season) {
        place++;
      }
      part[at++] = place;
      part[at++] = place;
    }
    Arrays.fill(part, at, part.length, lengths.length + 1);
    return part;
  }

  /** Where {@code time} is on the line. */
  double place(long time) {
    return (time - origin) / span;
  }

  void terms(long time, double[] into) {
    double place = place(time);
    into[0] = 1;
    into[1] = place;
    int at = STRAIGHT;
    for (double bend : bends) {
      into[at++] = Math.max(0, place - bend);
    }
    double since = time - origin;
    for (double frequency : frequencies) {
      double turns = frequency * since;
      double angle = 2 * Math.PI * (turns - Math.rint(turns));
      into[at++] = Math.sin(angle);
      into[at++] = Math.cos(angle);
    }
    for (int kind = 0; kind < holidays.kinds().length; kind++) {
      into[at++] = holidays.holds(kind, time) ? 1 : 0;
    }
  }
}
