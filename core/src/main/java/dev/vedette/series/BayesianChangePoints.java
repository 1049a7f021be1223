package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bayesian change points, found as the values come: how surely the mean (or the spread) of the
 * series has changed within the last few points.
 *
 * <p>Score 0 to 1: the probability of a change within the last {@code within} points, given all up
 * to this one; where nothing changes it is about {@code within / length}. It stays high for that
 * many points. What is expected is the mean since the last change. Single outliers are no changes.
 *
 * <p>Adams and MacKay 2007, "Bayesian Online Changepoint Detection", arXiv:0710.3742: normal values
 * with unknown mean and variance in each run, constant hazard; of all run lengths the {@code runs}
 * most probable are kept. The usual variance is taken from differences, by medians, and neighbours
 * that lean on each other say less (see {@link Pelt}). A season that is large against the noise
 * must be taken off first, or its changes count as noise.
 *
 * <p>A point O(runs), memory O(runs).
 *
 * @param length the usual number of points between changes, 10 to 1e9
 * @param within the number of points that count as recent, 1 to 10,000
 * @param outliers the usual share of outliers, 0 to 0.2
 * @param runs that are kept, 10 to 10,000
 */
public record BayesianChangePoints(double length, int within, double outliers, int runs)
    implements StreamingDetector {
  private static final int LEAST_POINTS = 4;
  private static final double LARGEST = 1e100;

  public BayesianChangePoints {
    Require.range("length", length, 10, 1e9);
    Require.range("within", within, 1, 10_000);
    Require.range("outliers", outliers, 0, 0.2);
    Require.range("runs", runs, 10, 10_000);
  }

  /** A change in 500 points, recent for 10, an outlier in 100; 100 runs. */
  public BayesianChangePoints() {
    this(500, 10, 0.01, 100);
  }

  public BayesianChangePoints length(double length) {
    return new BayesianChangePoints(length, within, outliers, runs);
  }

  public BayesianChangePoints within(int within) {
    return new BayesianChangePoints(length, within, outliers, runs);
  }

  public BayesianChangePoints outliers(double outliers) {
    return new BayesianChangePoints(length, within, outliers, runs);
  }

  public BayesianChangePoints runs(int runs) {
    return new BayesianChangePoints(length, within, outliers, runs);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public RunStream start(int variables) {
    Require.that(variables == 1, "bayesian-changes looks at one variable, not at " + variables);
    return RunStream.State.none(this).resume();
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    double[] known =
        Arrays.stream(history.values(0)).filter(value -> !Double.isNaN(value)).toArray();
    if (known.length < LEAST_POINTS) {
      throw new DataException(
          "change points need %s known values, there are %s of %s points"
              .formatted(LEAST_POINTS, known.length, history.points()));
    }
    for (double value : known) {
      if (Math.abs(value) > LARGEST) {
        throw new DataException("a value is " + value + ", too large to square; scale it first");
      }
    }
    RunStream.State first = RunStream.State.of(this, known);
    RunStream stream = first.resume();
    for (int i = 0; i < history.points(); i++) {
      stream.learn(history.time(i), new double[] {history.value(0, i)});
    }
    return new Fitted(this, first, stream.snapshot());
  }

  /**
   * The changes of {@code values}, in order, each as it was known a little later: the value at
   * which the most probable run began, with the highest probability, while it was the last one,
   * that a run began within two values of it.
   *
   * @param values NaN is missing
   * @throws DataException when there are too few values
   */
  public List<ChangePoint> find(double[] values) {
    int[] places =
        IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).toArray();
    double[] known = Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    long[] times = Arrays.stream(places).asLongStream().toArray();
    RunStream stream = fit(Series.of(times, known)).first.resume();
    var starts = new ArrayList<Integer>();
    var certainties = new ArrayList<Double>();
    for (int i = 0; i < known.length; i++) {
      stream.learn(times[i], new double[] {known[i]});
      int start = i + 1 - stream.length();
      double certainty = stream.certainty();
      int last = starts.isEmpty() ? 0 : starts.getLast();
      if (start > last + 2 && start < i && certainty > 0.5) {
        starts.add(start);
        certainties.add(certainty);
      } else if (!starts.isEmpty()
          && Math.abs(start - last) <= 2
          && certainty >= certainties.getLast()) {
        starts.set(starts.size() - 1, start);
        certainties.set(starts.size() - 1, certainty);
      }
    }
    int[] cuts = starts.stream().mapToInt(Integer::intValue).toArray();
    SegmentCost segments = SegmentCost.Mean.of(known);
    return IntStream.range(0, cuts.length)
        .mapToObj(
            i ->
                new ChangePoint(
                    places[cuts[i]],
                    certainties.get(i),
                    segments.level(i == 0 ? 0 : cuts[i - 1], cuts[i]),
                    segments.level(cuts[i], i + 1 == cuts.length ? known.length : cuts[i + 1])))
        .toList();
  }

  /**
   * A fitted {@link BayesianChangePoints}.
   *
   * @param first what is known before the first point: how the values usually vary
   * @param last what was learned up to the last point
   */
  public record Fitted(BayesianChangePoints detector, RunStream.State first, RunStream.State last)
      implements SeriesModel {
    @Override
    public int variables() {
      return 1;
    }

    /** Points after the history go on from it; others are read by themselves. */
    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      boolean after = later.points() > 0 && later.time(0) > last.lastTime();
      return read(later, (after ? last : first).resume());
    }

    /** Each point in the light of those before it and itself. */
    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      return read(history, first.resume());
    }

    private static Reading read(Series series, RunStream stream) {
      int points = series.points();
      double[] score = new double[points];
      double[] expected = new double[points];
      double[] spread = new double[points];
      for (int i = 0; i < points; i++) {
        long time = series.time(i);
        double[] values = {series.value(0, i)};
        score[i] = stream.score(time, values);
        expected[i] = stream.expected(time, 0);
        spread[i] = stream.spread(time, 0);
        stream.learn(time, values);
      }
      return Reading.ofScores(score, expected, spread);
    }
  }
}
