package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import dev.vedette.math.Moments;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Ets} that learns point by point: parameters are estimated anew each time what was seen
 * has doubled, from as much as is remembered, and in between the smoothing goes on. After a gap
 * longer than that, or when the points come at another step, it starts anew.
 */
public final class EtsStream implements SeriesStream {
  /** Points from which the step is taken. */
  private static final int EARLY = 16;

  /** Points in a row at another step than usual. */
  private static final int MOST_UNEVEN = 64;

  private static final double LARGEST = 1e90;

  /** How much of the scale one error is. */
  private static final double SHARE = 0.005;

  /** Once all that is remembered is full, parameters last for that many times as many points. */
  private static final int REFITS_LATE = 4;

  private final Ets detector;
  private final List<Double> earlyTimes = new ArrayList<>(); // as whole numbers
  private final List<Double> earlyValues = new ArrayList<>();
  private long known;
  private long lastTime = Long.MIN_VALUE;
  private @Nullable Going going;

  private EtsStream(Ets detector) {
    this.detector = detector;
  }

  static EtsStream started(Ets detector) {
    return new EtsStream(detector);
  }

  /**
   * What an {@link Ets} learned, as it was at one moment.
   *
   * @param known values learned since it started anew
   * @param lastTime of the last point
   * @param earlyTimes of the first points, before there was a model
   * @param earlyValues of the same
   */
  public record State(
      Ets detector,
      long known,
      long lastTime,
      double[] earlyTimes,
      double[] earlyValues,
      @Nullable Fitted fitted)
      implements SeriesState {
    public State {
      Require.that(earlyTimes.length == earlyValues.length, "one time per early value");
      Require.finite("an early value", earlyValues);
      Require.that(fitted != null || known == earlyValues.length, "the values are damaged");
    }

    @Override
    public EtsStream resume() {
      var stream = new EtsStream(detector);
      stream.known = known;
      stream.lastTime = lastTime;
      for (int i = 0; i < earlyTimes.length; i++) {
        stream.earlyTimes.add(earlyTimes[i]);
        stream.earlyValues.add(earlyValues[i]);
      }
      stream.going = fitted == null ? null : new Going(detector, fitted);
      return stream;
    }
  }

  /**
   * What is there once there is a model.
   *
   * @param recent values by slot, the last one at the slot of {@code state}
   * @param nextFit the number of known values at which parameters are estimated anew
   * @param uneven points in a row that were not one slot on
   */
  record Fitted(
      long origin,
      long step,
      double[] recent,
      long nextFit,
      int uneven,
      Smoothing smoothing,
      EtsState state) {
    Fitted {
      Require.that(step > 0 && recent.length > 0, "the state of a stream is damaged");
    }
  }

  /** A smoothing at work on a grid. */
  private static final class Going {
    private final Ets detector;
    private EvenSteps grid;
    private double[] recent;
    private int size;
    private long nextFit;
    private int uneven;
    private Smoothing smoothing;
    private EtsFilter filter;

    Going(Ets detector, Fitted fitted) {
      this.detector = detector;
      grid = new EvenSteps(fitted.origin, fitted.step);
      recent = fitted.recent.clone();
      size = recent.length;
      nextFit = fitted.nextFit;
      uneven = fitted.uneven;
      smoothing = fitted.smoothing;
      filter = new EtsFilter(smoothing, fitted.state, detector.clip());
    }

    Fitted fitted() {
      double[] values = Arrays.copyOf(recent, size);
      return new Fitted(
          grid.start(), grid.step(), values, nextFit, uneven, smoothing, filter.state());
    }

    private long ahead(long time) {
      return filter.ahead(grid.slot(time));
    }

    private void append(double value) {
      int most = detector.remembered();
      if (size == most) {
        int kept = most - most / 4;
        System.arraycopy(recent, size - kept, recent, 0, kept);
        size = kept;
      }
      if (size == recent.length) {
        recent = Arrays.copyOf(recent, Math.min(most, 2 * size));
      }
      recent[size++] = value;
    }

    /** Whether there is any use in going on. */
    boolean learn(long time, double value, long known) {
      long ahead = ahead(time);
      uneven = ahead == 1 ? 0 : uneven + 1;
      if (ahead > detector.remembered() || uneven > MOST_UNEVEN) {
        return false;
      }
      for (long i = 1; i < ahead; i++) {
        append(Double.NaN);
      }
      if (ahead > 0) {
        append(value);
      } else if (!Double.isNaN(value)) {
        recent[size - 1] = value;
      }
      double error = filter.learn(ahead, value);
      if (!Double.isNaN(error)) {
        filter.rescale(error, SHARE, 0);
      }
      if (known >= nextFit) {
        refit(known);
      }
      return true;
    }

    private void refit(long known) {
      int most = detector.remembered();
      nextFit = known >= most ? known + (long) REFITS_LATE * most : Math.min(most, 2 * known);
      long skipped = filter.slot() - (size - 1);
      var from = new EvenSteps(grid.start() + skipped * grid.step(), grid.step());
      double[] values = Arrays.copyOf(recent, size);
      if (Quantiles.sorted(values).length >= EARLY / 2) {
        EtsModel model = detector.fit(from, values, 0);
        grid = from;
        smoothing = model.smoothing();
        filter = new EtsFilter(smoothing, model.last(), detector.clip());
      }
    }
  }

  @Override
  public Ets detector() {
    return detector;
  }

  @Override
  public int variables() {
    return 1;
  }

  @Override
  public double score(long time, double[] values) {
    double value = checked(values);
    return known == 0 ? 0 : Reading.score(value, expected(time, 0), spread(time, 0));
  }

  private static double checked(double[] values) {
    if (values.length != 1) {
      throw new DataException("the point has " + values.length + " values, expected 1");
    }
    if (Double.isInfinite(values[0])) {
      throw new DataException("the value is " + values[0] + "; only finite numbers can be used");
    }
    return values[0];
  }

  @Override
  public double expected(long time, int variable) {
    if (going != null) {
      return going.filter.expected(going.ahead(time));
    }
    return known == 0 ? 0 : Quantiles.median(array(earlyValues));
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Wider while little is known. */
  @Override
  public double spread(long time, int variable) {
    if (known == 0) {
      return 0;
    }
    double unsure = (known + 9) / Math.max(1.0, known - 1.0);
    if (going != null) {
      long ahead = going.ahead(time);
      return unsure * going.filter.spread(ahead, going.filter.expected(ahead));
    }
    double[] values = array(earlyValues);
    double spread = Moments.deviation(values);
    return unsure * (spread > 0 ? spread : values[0] == 0 ? 1 : Math.abs(values[0]) / 10);
  }

  @Override
  public void learn(long time, double[] values) {
    double value = Math.clamp(checked(values), -LARGEST, LARGEST);
    if (time <= lastTime) {
      return;
    }
    lastTime = time;
    boolean missing = Double.isNaN(value);
    if (going != null) {
      if (going.learn(time, value, known + (missing ? 0 : 1))) {
        known += missing ? 0 : 1;
        return;
      }
      going = null;
      known = 0;
    }
    if (!missing) {
      earlyTimes.add((double) time);
      earlyValues.add(value);
      known++;
      if (known == EARLY) {
        begin();
      }
    }
  }

  /** From the first points: the step, then a model. */
  private void begin() {
    long[] steps = new long[EARLY - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (long) (earlyTimes.get(i + 1) - earlyTimes.get(i));
    }
    Arrays.sort(steps);
    var grid =
        new EvenSteps(
            earlyTimes.getFirst().longValue(), Math.max(1, steps[(steps.length - 1) / 2]));
    var flat = new Smoothing(Ets.Trend.NONE, Ets.Season.NONE, 0.1, 0, 0, 1);
    var state = new EtsState(earlyValues.getFirst(), 0, new double[0], 0, 1, 0);
    var first = new double[] {earlyValues.getFirst()};
    var next =
        new Going(detector, new Fitted(grid.start(), grid.step(), first, EARLY, 0, flat, state));
    boolean even = true;
    for (int i = 1; i < EARLY && even; i++) {
      even = next.learn(earlyTimes.get(i).longValue(), earlyValues.get(i), i + 1L);
    }
    if (even) {
      going = next;
      earlyTimes.clear();
      earlyValues.clear();
    } else { // a gap longer than what is remembered
      earlyTimes.removeFirst();
      earlyValues.removeFirst();
      known--;
    }
  }

  @Override
  public State snapshot() {
    return new State(
        detector,
        known,
        lastTime,
        array(earlyTimes),
        array(earlyValues),
        going == null ? null : going.fitted());
  }

  /** What it holds at most: values by slot, and a season of at most a third as many. */
  @Override
  public long bytes() {
    int most = detector.remembered();
    return 8L * (most + most / 3) + 512;
  }
}
