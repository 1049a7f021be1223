package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Reading.Component;
import dev.vedette.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is expected of one variable at each point, and the parts it is made of.
 *
 * @param expected the sum of the parts
 */
record Parts(double[] expected, List<Component> components) {

  /** All of it is trend. The array is kept. */
  static Parts trend(double[] trend) {
    return new Parts(trend, List.of(Component.of(Component.TREND, trend)));
  }

  /**
   * Trend plus seasons plus {@code center}, which becomes a part of the trend. The arrays are kept.
   *
   * @param names of the seasons
   * @param seasons what each adds, seasons × points
   */
  static Parts of(double[] trend, List<String> names, double[][] seasons, double center) {
    double[] expected = seasons.length == 0 ? trend : trend.clone();
    for (double[] season : seasons) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] += season[i];
      }
    }
    move(expected, center);
    if (seasons.length == 0) {
      return trend(expected);
    }
    move(trend, center);
    List<Component> components = new ArrayList<>();
    components.add(Component.of(Component.TREND, trend));
    for (int k = 0; k < seasons.length; k++) {
      components.add(Component.of(names.get(k), seasons[k]));
    }
    return new Parts(expected, components);
  }

  private static void move(double[] values, double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] += by;
    }
  }

  /** A band of constant width around them. */
  Reading band(Series series, double spread) {
    double[] width = new double[expected.length];
    Arrays.fill(width, spread);
    return Reading.of(series.values(0), expected, width).withComponents(components);
  }

  /** A reading whose scores are not those of a band. */
  Reading scored(double[] score, double spread) {
    double[] width = new double[expected.length];
    Arrays.fill(width, spread);
    return Reading.ofScores(score, expected, width).withComponents(components);
  }
}
