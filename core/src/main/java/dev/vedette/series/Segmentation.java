package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a {@link Pelt} cuts some values.
 *
 * @param count of all values, missing ones too
 * @param places of the known values among them
 * @param cuts first known value of each segment after the first
 * @param segments the costs of the known values, centred and in units of the noise
 * @param price of a cut
 * @param center of the values
 * @param unit of the values
 * @param spread of the values around their segments
 */
record Segmentation(
    int count,
    int[] places,
    int[] cuts,
    SegmentCost segments,
    double price,
    double center,
    double unit,
    double spread) {
  /** Deviations beyond which a value is drawn in. */
  private static final double FAR = 3;

  /** Of the variance of the noise: a segment with less counts as having that much. */
  private static final double LEAST_VARIANCE = 0.01;

  private static final int WIDEST_HALF_WINDOW = 10;
  private static final double LARGEST = 1e100;

  /**
   * Of values at equal distances; NaN is missing.
   *
   * @throws DataException when a value is too large to square
   */
  static Segmentation of(Pelt pelt, double[] values) {
    int[] places = present(values);
    double[] known = Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    Noise noise = pelt.cost() == Pelt.Cost.SLOPE ? Noise.aroundLine(known) : Noise.around(known);
    double unit = pelt.cost() == Pelt.Cost.MEAN_VARIANCE ? noise.deviation() : noise.longRun();
    double center = known.length == 0 ? 0 : Quantiles.median(known);
    double[] drawn =
        pelt.cost() == Pelt.Cost.MEAN_VARIANCE
            ? known
            : drawnIn(known, pelt.minimum(), noise.deviation());
    double[] scaled = Arrays.stream(drawn).map(value -> (value - center) / unit).toArray();
    SegmentCost segments = segments(pelt.cost(), scaled, places);
    double price = price(pelt, noise, known.length);
    int[] cuts = Partition.cuts(segments, price, pelt.minimum());
    return new Segmentation(
        values.length, places, cuts, segments, price, center, unit, noise.deviation());
  }

  private static int[] present(double[] values) {
    int[] places = new int[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(values[i]) > LARGEST) {
        throw new DataException(
            "value " + i + " is " + values[i] + ", too large to square; scale it first");
      }
      if (!Double.isNaN(values[i])) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  private static double price(Pelt pelt, Noise noise, int count) {
    double unit = Math.log(count);
    return switch (pelt.cost()) {
      case MEAN -> pelt.penalty() * unit;
      case SLOPE -> (pelt.penalty() + 1) * unit;
      case MEAN_VARIANCE ->
          (pelt.penalty() + 1) * unit * (1 + noise.correlation()) / (1 - noise.correlation());
    };
  }

  private static SegmentCost segments(Pelt.Cost cost, double[] scaled, int[] places) {
    return switch (cost) {
      case MEAN -> SegmentCost.Mean.of(scaled);
      case MEAN_VARIANCE ->
          new SegmentCost.MeanVariance(SegmentCost.Mean.of(scaled), LEAST_VARIANCE);
      case SLOPE -> {
        double origin = places.length == 0 ? 0 : places[places.length / 2];
        yield SegmentCost.Slope.of(
            scaled, Arrays.stream(places).mapToDouble(place -> place - origin).toArray());
      }
    };
  }

  /** Values at most {@link #FAR} deviations from the median of those around them. */
  private static double[] drawnIn(double[] values, int minimum, double deviation) {
    int half = Math.min(Math.min(minimum, WIDEST_HALF_WINDOW), (values.length - 1) / 2);
    double[] window = new double[2 * Math.max(0, half) + 1];
    double[] drawn = new double[values.length];
    double reach = FAR * deviation;
    for (int i = 0; i < values.length; i++) {
      int from = Math.clamp(i - half, 0, values.length - window.length);
      System.arraycopy(values, from, window, 0, window.length);
      Arrays.sort(window);
      drawn[i] = Math.clamp(values[i], window[half] - reach, window[half] + reach);
    }
    return drawn;
  }

  List<ChangePoint> changes() {
    var changes = new ArrayList<ChangePoint>();
    boolean slopes = segments instanceof SegmentCost.Slope;
    double shift = slopes ? 0 : center;
    for (int i = 0; i < cuts.length; i++) {
      int from = i == 0 ? 0 : cuts[i - 1];
      int to = i + 1 == cuts.length ? segments.count() : cuts[i + 1];
      double gain = Partition.gain(segments, cuts, i);
      changes.add(
          new ChangePoint(
              places[cuts[i]],
              1 / (1 + Math.exp((price - gain) / 2)),
              shift + unit * segments.level(from, cuts[i]),
              shift + unit * segments.level(cuts[i], to)));
    }
    return List.copyOf(changes);
  }

  /** Of the values from {@code from} on. */
  Reading reading(int from) {
    double[] score = new double[count];
    double[] expected = new double[count];
    double[] spreads = new double[count];
    Arrays.fill(spreads, spread);
    changes().forEach(change -> score[change.index()] = change.confidence());
    double origin = places.length == 0 ? 0 : places[places.length / 2];
    int cut = 0;
    for (int i = 0; i < count; i++) {
      while (cut < cuts.length && places[cuts[cut]] <= i) {
        cut++;
      }
      int first = cut == 0 ? 0 : cuts[cut - 1];
      int last = cut == cuts.length ? places.length : cuts[cut];
      expected[i] =
          last - first < 2 ? center : center + unit * segments.expected(first, last, i - origin);
    }
    return Reading.ofScores(
        Arrays.copyOfRange(score, from, count),
        Arrays.copyOfRange(expected, from, count),
        Arrays.copyOfRange(spreads, from, count));
  }
}
