package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;

/**
 * SPOT and DSPOT: how improbable a value is under the extreme value distribution of the largest and
 * of the smallest values of the stream.
 *
 * <p>Score ≥ 0: −log₁₀ of the probability of such a value on its side; 3 is once in a thousand.
 * What is rarer than 10⁻³⁰, which no fitted tail knows, goes on at a logarithm's pace, so that of
 * two such values the farther one still scores higher. A threshold −log₁₀ q on the score is the
 * threshold z_q of Siffer, Fouque, Termier and Largouët, "Anomaly Detection in Streams with Extreme
 * Value Theory" (KDD 2017, doi:10.1145/3097983.3098144, equation 1). With a {@code depth} the
 * values are taken relative to the mean of the last {@code depth} usual values (DSPOT, algorithm
 * 3); with 0 as they are (SPOT, algorithm 2).
 *
 * <p>The threshold of the peaks is the quantile of the calibrating values, as in the paper; until
 * they are complete, of those there are. What is less probable than {@code risk} teaches nothing,
 * unless it is the {@value PeakTail#TOLERATED}th in a row. The generalised Pareto distribution of
 * the peaks is fitted by probability-weighted moments (Hosking and Wallis, 1987,
 * doi:10.1080/00401706.1987.10488243) rather than by Grimshaw's likelihood, with a shape between 0
 * and 0.9: a tail is never taken to end.
 *
 * <p>O(1) in time per value, O(peaks · log peaks) at a peak; about 20 KB. A heavy tail looks
 * lighter than it is when many of its values are refused: lower the risk. Blind to the time of the
 * day and to shapes. In hindsight the history is read as it came.
 *
 * @param depth values whose mean is subtracted, 0 (none) to 10,000
 * @param risk the probability below which a value is not learned from, 1e-12 to 0.1
 * @param share of values that are peaks on either side, 0.001 to 0.2
 * @param calibration values that set the threshold of the peaks, 50 to 10,000
 * @param peaks the latest kept on either side, 50 to 10,000
 */
public record Spot(int depth, double risk, double share, int calibration, int peaks)
    implements StreamingDetector {
  public Spot {
    Require.range("depth", depth, 0, 10_000);
    Require.range("risk", risk, 1e-12, 0.1);
    Require.range("share", share, 0.001, 0.2);
    Require.range("calibration", calibration, 50, 10_000);
    Require.range("peaks", peaks, 50, 10_000);
  }

  /** DSPOT: the mean of 10 values, a risk of 1e-4, 2 % peaks, 1,000 values, 500 peaks. */
  public Spot() {
    this(10, 1e-4, 0.02, 1_000, 500);
  }

  public Spot depth(int depth) {
    return new Spot(depth, risk, share, calibration, peaks);
  }

  public Spot risk(double risk) {
    return new Spot(depth, risk, share, calibration, peaks);
  }

  public Spot share(double share) {
    return new Spot(depth, risk, share, calibration, peaks);
  }

  public Spot calibration(int calibration) {
    return new Spot(depth, risk, share, calibration, peaks);
  }

  public Spot peaks(int peaks) {
    return new Spot(depth, risk, share, calibration, peaks);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Running start(int variables) {
    Require.range("variables", variables, 1, 1);
    var none = PeakTail.State.NONE;
    return new State(this, Replay.NEVER, 0, 0, new double[Math.max(1, depth)], 0, none, none)
        .resume();
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    return new Fitted(this, Replay.learned(start(1), history).snapshot());
  }

  /** A {@link Spot} that learned from a history. */
  public record Fitted(Spot detector, State state) implements SeriesModel {
    public Fitted {
      Require.that(state.detector.equals(detector), "the state is of another detector");
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      Running stream = state.resume();
      stream.last = Replay.NEVER;
      return Replay.read(stream, later);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      return Replay.read(detector.start(1), history);
    }
  }

  /**
   * What a {@link Spot} learned, as it was at one moment.
   *
   * @param last time learned
   * @param usual how many values were learned from
   * @param refused how many one after the other, up to now, were not
   * @param recent the last usual values; value i at i modulo the length
   * @param distance the mean distance of values from what was expected
   * @param above the tail of large values
   * @param below the tail of small values, turned round
   */
  public record State(
      Spot detector,
      long last,
      long usual,
      int refused,
      double[] recent,
      double distance,
      PeakTail.State above,
      PeakTail.State below)
      implements SeriesState {
    public State {
      Require.that(usual >= 0 && refused >= 0, "a count is damaged");
      Require.that(recent.length == Math.max(1, detector.depth), "the recent values do not fit");
      Require.finite("a recent value", recent);
      Require.finite("a distance", new double[] {distance});
    }

    @Override
    public Running resume() {
      return new Running(this);
    }
  }

  /** A {@link Spot} at work. */
  public static final class Running implements SeriesStream {
    private final Spot detector;
    private final double[] recent;
    private final PeakTail above;
    private final PeakTail below;
    private long last;
    private long usual;
    private int refused;
    private double distance;

    private Running(State state) {
      detector = state.detector;
      recent = state.recent.clone();
      above = new PeakTail(state.above, detector);
      below = new PeakTail(state.below, detector);
      last = state.last;
      usual = state.usual;
      refused = state.refused;
      distance = state.distance;
    }

    @Override
    public Spot detector() {
      return detector;
    }

    @Override
    public int variables() {
      return 1;
    }

    /** The mean of the last usual values; without a depth the last one. */
    private double centre() {
      int known = (int) Math.min(usual, recent.length);
      double sum = 0;
      for (int i = 0; i < known; i++) {
        sum += recent[i];
      }
      return known == 0 ? 0 : sum / known;
    }

    private double relative(double value) {
      return detector.depth == 0 ? value : value - centre();
    }

    @Override
    public double score(long time, double[] values) {
      Require.row(values, 1, true);
      return Double.isNaN(values[0]) ? 0 : surprise(relative(Rhythm.near(values[0])));
    }

    private double surprise(double relative) {
      return Math.max(above.surprise(relative), below.surprise(-relative));
    }

    @Override
    public double expected(long time, int variable) {
      return centre();
    }

    /** The mean distance of values from what was expected. */
    @Override
    public double spread(long time, int variable) {
      return distance;
    }

    @Override
    public void learn(long time, double[] values) {
      Require.row(values, 1, true);
      if (time <= last) {
        return;
      }
      last = time;
      if (Double.isNaN(values[0])) {
        return;
      }
      double value = Rhythm.near(values[0]);
      double relative = relative(value);
      boolean unusual = surprise(relative) > -Math.log10(detector.risk);
      if (unusual && ++refused < PeakTail.TOLERATED) {
        return;
      }
      refused = 0;
      if (usual >= detector.depth) {
        above.learn(relative);
        below.learn(-relative);
      }
      double rate = Math.max(0.001, 1 / (usual + 1.0));
      distance += rate * (Math.abs(value - (usual == 0 ? value : centre())) - distance);
      recent[(int) (usual % recent.length)] = value;
      usual++;
    }

    @Override
    public State snapshot() {
      return new State(
          detector,
          last,
          usual,
          refused,
          recent.clone(),
          distance,
          above.snapshot(),
          below.snapshot());
    }

    @Override
    public long bytes() {
      return (long) recent.length * Double.BYTES + above.bytes() + below.bytes() + 128;
    }
  }
}
