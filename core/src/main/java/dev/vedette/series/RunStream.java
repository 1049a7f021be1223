package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/** A {@link BayesianChangePoints} at work. */
public final class RunStream implements SeriesStream {
  /** Values from which it is first taken how they vary. */
  private static final int EARLY = 24;

  private static final double LARGEST = 1e90;

  /** Its square is more than 0. */
  private static final double LEAST = 1e-140;

  /** How quickly the usual step follows: the median of the latest few hundred steps. */
  private static final double FOLLOWING = 0.004;

  private static final double MEAN_FOLLOWING = 0.002;
  private static final double NORMAL_MEDIAN = 0.6744897501960817;

  private final BayesianChangePoints detector;
  private final RunLengths runs;
  private double[] early;
  private long known;
  private long lastTime;
  private double mean;
  private double[] steps;
  private double[] lastTwo;

  private RunStream(State state) {
    detector = state.detector;
    runs = new RunLengths(detector, state.runs);
    early = state.early.clone();
    known = state.known;
    lastTime = state.lastTime;
    mean = state.mean;
    steps = state.steps.clone();
    lastTwo = state.lastTwo.clone();
  }

  /**
   * What a {@link BayesianChangePoints} learned, as it was at one moment.
   *
   * @param known values learned
   * @param lastTime of the last point
   * @param early the first values, until it is known how they vary
   * @param mean of the values, the latest few hundred counting most
   * @param steps the usual size of steps over one and over two values; empty while unknown
   * @param lastTwo values, the latest last
   */
  public record State(
      BayesianChangePoints detector,
      long known,
      long lastTime,
      double[] early,
      double mean,
      double[] steps,
      double[] lastTwo,
      RunLengths.State runs)
      implements SeriesState {
    public State {
      Require.finite("an early value", early);
      Require.finite("a step", steps);
      Require.finite("a last value", lastTwo);
      Require.that(
          (steps.length == 0 || steps.length == 2) && lastTwo.length <= 2,
          "the state of a stream is damaged");
    }

    static State none(BayesianChangePoints detector) {
      double[] nothing = new double[0];
      return new State(
          detector, 0, Long.MIN_VALUE, nothing, 0, nothing, nothing, RunLengths.State.none());
    }

    /** Nothing learned but how {@code values} vary. */
    static State of(BayesianChangePoints detector, double[] values) {
      double[] nothing = new double[0];
      return new State(
          detector,
          0,
          Long.MIN_VALUE,
          nothing,
          Quantiles.median(values),
          steps(values),
          nothing,
          RunLengths.State.none());
    }

    private static double[] steps(double[] values) {
      Noise noise = Noise.around(values);
      double deviation = Math.max(LEAST, noise.deviation());
      double one = NORMAL_MEDIAN * Math.sqrt(2 * (1 - noise.correlation())) * deviation;
      return new double[] {one, one * Math.sqrt(1 + noise.correlation())};
    }

    @Override
    public RunStream resume() {
      return new RunStream(this);
    }
  }

  @Override
  public BayesianChangePoints detector() {
    return detector;
  }

  @Override
  public int variables() {
    return 1;
  }

  private static double checked(double[] values) {
    if (values.length != 1) {
      throw new DataException("the point has " + values.length + " values, expected 1");
    }
    if (Double.isInfinite(values[0])) {
      throw new DataException("the value is " + values[0] + "; only finite numbers can be used");
    }
    return Math.clamp(values[0], -LARGEST, LARGEST);
  }

  /** 0 for a missing value, and until there are twice as many values as count as recent. */
  @Override
  public double score(long time, double[] values) {
    double value = checked(values);
    if (Double.isNaN(value) || known < 2L * detector.within() || steps.length == 0) {
      return 0;
    }
    return runs.recent(value, prior(), detector.within());
  }

  private RunLengths.Prior prior() {
    double ratio = steps[1] / steps[0];
    double correlation = Math.clamp(ratio * ratio - 1, 0, 0.9);
    double deviation = steps[0] / (NORMAL_MEDIAN * Math.sqrt(2 * (1 - correlation)));
    return new RunLengths.Prior(mean, deviation * deviation, (1 - correlation) / (1 + correlation));
  }

  @Override
  public double expected(long time, int variable) {
    if (known == 0) {
      return 0;
    }
    double expected = runs.expected();
    return Double.isNaN(expected) ? Quantiles.median(early) : expected;
  }

  @Override
  public double spread(long time, int variable) {
    return steps.length == 0 ? 0 : Math.sqrt(prior().variance());
  }

  @Override
  public void learn(long time, double[] values) {
    double value = checked(values);
    if (time <= lastTime) {
      return;
    }
    lastTime = time;
    if (Double.isNaN(value)) {
      return;
    }
    known++;
    if (steps.length == 0) {
      early = Arrays.copyOf(early, early.length + 1);
      early[early.length - 1] = value;
      if (early.length == EARLY) {
        begin();
      }
      return;
    }
    RunLengths.Prior prior = prior();
    runs.learn(value, prior);
    follow(value, prior);
  }

  private void begin() {
    steps = State.steps(early);
    mean = Quantiles.median(early);
    RunLengths.Prior prior = prior();
    for (double value : early) {
      runs.learn(value, prior);
    }
    lastTwo = Arrays.copyOfRange(early, EARLY - 2, EARLY);
    early = new double[0];
  }

  /**
   * The usual steps go up a little when exceeded and down when not, so to their medians. Equal
   * values say nothing of the size of steps: else a constant stretch would make any step a change.
   */
  private void follow(double value, RunLengths.Prior prior) {
    double reach = 10 * Math.sqrt(prior.variance());
    mean += Math.clamp(value - mean, -reach, reach) * MEAN_FOLLOWING;
    double least = Math.max(LEAST, 1e-9 * Math.abs(mean));
    for (int lag = 1; lag <= lastTwo.length; lag++) {
      double step = Math.abs(value - lastTwo[lastTwo.length - lag]);
      double usual = steps[lag - 1];
      steps[lag - 1] =
          step > usual
              ? usual * (1 + FOLLOWING)
              : step == 0 ? usual : Math.max(Math.min(least, usual), usual / (1 + FOLLOWING));
    }
    lastTwo =
        lastTwo.length == 0
            ? new double[] {value}
            : new double[] {lastTwo[lastTwo.length - 1], value};
  }

  /** How surely the most probable run began within two values of where it seems to. */
  double certainty() {
    int likely = likely();
    double sure = 0;
    for (int i = 0; i < runs.count(); i++) {
      boolean near = Math.abs(runs.length(i) - runs.length(likely)) <= 2;
      sure += near ? runs.probability(i) : 0;
    }
    return Math.min(1, sure);
  }

  /** Values in the most probable run. */
  int length() {
    return runs.count() == 0 ? 0 : (int) runs.length(likely());
  }

  private int likely() {
    int likely = 0;
    for (int i = 1; i < runs.count(); i++) {
      likely = runs.probability(i) > runs.probability(likely) ? i : likely;
    }
    return likely;
  }

  @Override
  public State snapshot() {
    return new State(
        detector,
        known,
        lastTime,
        early.clone(),
        mean,
        steps.clone(),
        lastTwo.clone(),
        runs.state());
  }

  /** What it holds at most. */
  @Override
  public long bytes() {
    return 8L * (7L * (detector.runs() + 1) + EARLY) + 256;
  }
}
