package dev.vedette.threshold;

import dev.vedette.DataException;
import dev.vedette.OptionText;
import dev.vedette.Require;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How a {@link Threshold} is chosen from scores: one record of options per way.
 *
 * <table>
 * <caption>Which rule for what is known</caption>
 * <tr><th>what is known</th><th>rule</th></tr>
 * <tr><td>how many false alarms are bearable</td><td>{@link FalseAlarms}</td></tr>
 * <tr><td>how many alerts somebody can look at per day</td><td>{@link Budget}</td></tr>
 * <tr><td>about how many rows are anomalies</td><td>{@link Share}</td></tr>
 * <tr><td>nothing, not even whether there are anomalies</td><td>{@link StandOut}</td></tr>
 * <tr><td>nothing but the scores</td><td>{@link Quantile}</td></tr>
 * <tr><td>labels</td><td>{@link BestF1}, {@link BestAccuracy}</td></tr>
 * <tr><td>labels, and what mistakes cost</td><td>{@link Cost}</td></tr>
 * </table>
 */
public sealed interface Rule {
  /**
   * The threshold this rule puts on {@code scores}, in any order, save for {@link StandOut}, which
   * takes them in the order of time.
   *
   * @throws IllegalArgumentException when the rule needs labels, or an option that is not set
   * @throws DataException when there are no scores or one is not a finite number
   */
  Threshold fit(double[] scores);

  /**
   * The threshold this rule puts on {@code scores}; {@code labels} are true where the row is an
   * anomaly. {@link FalseAlarms} then looks at the normal rows only; {@link Quantile}, {@link
   * Share} and {@link Budget} do not look at labels.
   *
   * @throws DataException as above; and, where the rule looks at labels, when their number differs
   *     or a class it needs is missing
   */
  default Threshold fit(double[] scores, boolean[] labels) {
    return fit(scores);
  }

  /**
   * The threshold for judging {@code scores} themselves, each against all others. {@link
   * FalseAlarms} and {@link Budget} then flag what is that rare among the other scores; all other
   * rules judge these scores anyway.
   */
  default Threshold fitWithin(double[] scores) {
    return fit(scores);
  }

  /** Whether this rule can only be fitted with labels. */
  default boolean needsLabels() {
    return false;
  }

  /** One rule of each kind with its default options, the best to start with first. */
  static List<Rule> defaults() {
    return List.of(
        new FalseAlarms(),
        new Budget(),
        new Share(),
        new Quantile(),
        new StandOut(),
        new BestF1(),
        new BestAccuracy(),
        new Cost());
  }

  /**
   * Reads a rule, such as {@code false-alarms=0.001} or {@code cost miss=100 alarm=1}.
   *
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  static Rule parse(String text) {
    var known = new LinkedHashMap<String, Rule>();
    defaults().forEach(rule -> known.put(rule.name(), rule));
    return OptionText.parse("threshold", known, text);
  }

  /** The name of the rule in text, such as {@code false-alarms}. */
  default String name() {
    return OptionText.kebab(getClass().getSimpleName());
  }

  /** The rule with all its options as text; {@link #parse} reads it back. */
  default String text() {
    return OptionText.format(name(), this);
  }

  /**
   * Flags what lies above a quantile of the scores.
   *
   * @param level the share of the scores that is not flagged, from 0 to 1. The cut is the smallest
   *     score that at least this share of the scores does not exceed.
   */
  record Quantile(double level) implements Rule {
    public Quantile {
      Require.range("level", level, 0, 1);
    }

    public Quantile() {
      this(0.99);
    }

    @Override
    public Threshold fit(double[] scores) {
      double[] sorted = Ranking.sorted(scores);
      int rank = of(sorted.length, level, RoundingMode.CEILING);
      return new Threshold(this, sorted[Math.max(rank, 1) - 1]);
    }
  }

  /**
   * Flags the highest scores, as many as anomalies are expected: {@code share} times the number of
   * scores, rounded. Where equal scores straddle that number, none of them is flagged.
   *
   * @param share the expected share of anomalies in the scored data, more than 0 and less than 1
   */
  record Share(double share) implements Rule {
    public Share {
      requireShare("share", share);
    }

    public Share() {
      this(0.01);
    }

    @Override
    public Threshold fit(double[] scores) {
      double[] sorted = Ranking.sorted(scores);
      int flagged = of(sorted.length, share, RoundingMode.HALF_UP);
      return new Threshold(
          this,
          flagged == sorted.length
              ? Ranking.below(sorted[0])
              : sorted[sorted.length - 1 - flagged]);
    }
  }

  /**
   * Flags at most so many rows per day on average, as long as the rows to come are like those the
   * rule was fitted on. It is {@link FalseAlarms} with the rate {@code perDay / rowsPerDay}, on all
   * rows: too few scores for that rate give a threshold that never flags.
   *
   * @param perDay how many alerts per day are wanted at most, more than 0
   * @param rowsPerDay how many rows arrive per day, more than {@code perDay}; 0 while that is not
   *     known, and {@code fit} then refuses. See {@link #over}.
   */
  record Budget(double perDay, double rowsPerDay) implements Rule {
    public Budget {
      Require.that(
          perDay > 0 && perDay < 1e15, "per-day must be more than 0 and finite, is " + perDay);
      Require.range("rows-per-day", rowsPerDay, 0, 1e15);
      Require.that(
          rowsPerDay == 0 || perDay < rowsPerDay,
          "a budget of %s alerts per day flags all %s rows per day; lower per-day"
              .formatted(perDay, rowsPerDay));
    }

    public Budget() {
      this(10, 0);
    }

    /** The same budget where {@code rows} rows arrived during {@code span}. */
    public Budget over(long rows, Duration span) {
      Require.that(span.toMillis() > 0, "the span must be longer than 0, is " + span);
      return new Budget(perDay, rows * (double) Duration.ofDays(1).toMillis() / span.toMillis());
    }

    @Override
    public Threshold fit(double[] scores) {
      requireRowsPerDay();
      double[] sorted = Ranking.sorted(scores);
      int allowed =
          BigDecimal.valueOf(sorted.length + 1L)
              .multiply(BigDecimal.valueOf(perDay))
              .divide(BigDecimal.valueOf(rowsPerDay), 0, RoundingMode.FLOOR)
              .intValue();
      return new Threshold(this, conformal(sorted, allowed));
    }

    @Override
    public Threshold fitWithin(double[] scores) {
      requireRowsPerDay();
      return new Threshold(this, within(scores, BigDecimal.valueOf(perDay / rowsPerDay)));
    }

    private void requireRowsPerDay() {
      Require.that(
          rowsPerDay > 0,
          "budget needs rows-per-day, the number of rows that arrive per day; set it, or measure it"
              + " over a period");
    }

    /** The fewest scores with which this budget can flag anything. */
    public long rowsNeeded() {
      return fewest(BigDecimal.valueOf(rowsPerDay), BigDecimal.valueOf(perDay));
    }
  }

  /**
   * Flags normal rows at a promised rate at most (split conformal prediction). The cut is the ⌈(n +
   * 1)(1 − rate)⌉-th smallest of n calibration scores. As long as normal rows to come are
   * exchangeable with the calibration rows, each is flagged with a probability of at most {@code
   * rate}, over the draw of both; equal scores only lower it. With fewer than {@link #rowsNeeded()}
   * calibration rows the promise can only be kept by a threshold that never flags.
   *
   * <p>The calibration rows must not be the rows the model learned from, unless the model scores
   * those as if it had not seen them. Anomalies among the calibration rows make the threshold
   * higher, not the promise false.
   *
   * <p>Source: Vovk, Gammerman, Shafer, Algorithmic Learning in a Random World (2005),
   * doi:10.1007/b106715; Laxhammar, Falkman (2014), doi:10.1016/b978-0-12-398537-8.00004-3.
   *
   * @param rate the highest share of normal rows that may be flagged, more than 0 and less than 1
   */
  record FalseAlarms(double rate) implements Rule {
    public FalseAlarms {
      requireShare("rate", rate);
    }

    public FalseAlarms() {
      this(0.01);
    }

    @Override
    public Threshold fit(double[] scores) {
      return ofSorted(Ranking.sorted(scores));
    }

    @Override
    public Threshold fit(double[] scores, boolean[] labels) {
      double[] sorted = Ranking.part(scores, labels, false);
      if (sorted.length == 0) {
        throw new DataException(
            "all %d rows are labelled anomalies; false-alarms needs the scores of normal rows"
                .formatted(scores.length));
      }
      return ofSorted(sorted);
    }

    private Threshold ofSorted(double[] sorted) {
      int allowed =
          BigDecimal.valueOf(sorted.length + 1L)
              .multiply(BigDecimal.valueOf(rate))
              .setScale(0, RoundingMode.FLOOR)
              .intValue();
      return new Threshold(this, conformal(sorted, allowed));
    }

    @Override
    public Threshold fitWithin(double[] scores) {
      return new Threshold(this, within(scores, BigDecimal.valueOf(rate)));
    }

    /** The fewest calibration rows with which this rate can flag anything: ⌈1 / rate⌉ − 1. */
    public long rowsNeeded() {
      return fewest(BigDecimal.ONE, BigDecimal.valueOf(rate));
    }
  }

  /**
   * Flags what stands out: scores that the tail of the others would not reach, and none where no
   * score does. The default for series.
   *
   * <p>Scores that follow one another above the 80 % quantile u are one run, for which its peak
   * stands: an anomaly that lasts counts once, and what comes again and again is usual. The peaks
   * above u are taken to fall exponentially, which is cautious for residuals of a normal
   * distribution and right for those of a Laplace distribution; a heavier tail flags more than
   * promised. The decay is the maximum likelihood estimate from the lowest 60 % of the peaks, the
   * rest censored (type II), so that many anomalies do not hide one another, however large they
   * are. The cut is the predictive quantile, wider where few peaks tell of the tail: u + r · decay
   * · ((m / alarms)<sup>1/r</sup> − 1), for m peaks, r of them seen. Where nine tenths of the
   * scores are u or less, and at most a hundredth are runs above it, the cut is u.
   *
   * @param alarms how many runs of the scores it is fitted on would be flagged by mistake, on
   *     average, were none an anomaly; more than 0 and less than 100
   */
  record StandOut(double alarms) implements Rule {
    private static final int FEWEST = 10;

    public StandOut {
      Require.that(
          alarms > 0 && alarms < 100, "alarms must be more than 0 and less than 100, is " + alarms);
    }

    public StandOut() {
      this(0.1);
    }

    @Override
    public Threshold fit(double[] scores) {
      double[] sorted = Ranking.sorted(scores);
      int n = sorted.length;
      if (n < FEWEST) {
        return new Threshold(this, Double.POSITIVE_INFINITY);
      }
      double u = sorted[(int) (n * 8L / 10) - 1];
      double[] peaks = peaks(scores, u);
      boolean alike = sorted[(int) (n * 9L / 10) - 1] == u;
      return new Threshold(this, alike && peaks.length <= n / 100 ? u : cut(u, peaks));
    }

    /** The highest score of each run above {@code u}, ascending. */
    private static double[] peaks(double[] scores, double u) {
      double[] peaks = new double[scores.length];
      int count = 0;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] > u) {
          boolean goesOn = i > 0 && scores[i - 1] > u;
          count += goesOn ? 0 : 1;
          peaks[count - 1] = Math.max(peaks[count - 1], scores[i]);
        }
      }
      return Arrays.stream(peaks, 0, count).sorted().toArray();
    }

    /** The cut when all but the lowest {@code seen} peaks are known to be high, and no more. */
    private double cut(double u, double[] peaks) {
      if (peaks.length == 0) {
        return u;
      }
      int seen = Math.max(1, (int) (peaks.length * 6L / 10));
      double last = peaks[seen - 1];
      double excess = (peaks.length - seen) * (last - u);
      for (int i = 0; i < seen; i++) {
        excess += peaks[i] - u;
      }
      double reach = seen * (Math.pow(peaks.length / alarms, 1.0 / seen) - 1);
      return Math.min(Double.MAX_VALUE, Math.max(last, u + excess / seen * reach));
    }

    /** The fewest scores with which anything can be flagged. */
    public int rowsNeeded() {
      return FEWEST;
    }
  }

  /**
   * Maximises F1, the harmonic mean of precision and recall, on labelled scores. The cut lies
   * midway between two neighbouring scores; of equally good ones the highest is taken.
   */
  record BestF1() implements Rule {
    @Override
    public Threshold fit(double[] scores) {
      throw missingLabels(this);
    }

    @Override
    public Threshold fit(double[] scores, boolean[] labels) {
      Ranking ranking = Ranking.of(scores, labels);
      int anomalies = ranking.anomalies();
      return new Threshold(
          this,
          ranking.bestCut(
              (caught, alarms) -> 2.0 * caught / ((double) anomalies + caught + alarms)));
    }

    @Override
    public boolean needsLabels() {
      return true;
    }
  }

  /**
   * Maximises the share of rows judged rightly, on labelled scores; where anomalies are rare that
   * can be a threshold that never flags. The cut is placed as by {@link BestF1}.
   */
  record BestAccuracy() implements Rule {
    @Override
    public Threshold fit(double[] scores) {
      throw missingLabels(this);
    }

    @Override
    public Threshold fit(double[] scores, boolean[] labels) {
      return new Threshold(
          this, Ranking.of(scores, labels).bestCut((caught, alarms) -> (double) caught - alarms));
    }

    @Override
    public boolean needsLabels() {
      return true;
    }
  }

  /**
   * Minimises the cost of the mistakes on labelled scores; that can be a threshold that never
   * flags. The cut is placed as by {@link BestF1}. Only the proportion of the two costs matters.
   *
   * @param miss what an anomaly that is not flagged costs, more than 0
   * @param alarm what a normal row that is flagged costs, more than 0
   */
  record Cost(double miss, double alarm) implements Rule {
    public Cost {
      Require.range("miss", miss, 1e-15, 1e15);
      Require.range("alarm", alarm, 1e-15, 1e15);
    }

    public Cost() {
      this(10, 1);
    }

    @Override
    public Threshold fit(double[] scores) {
      throw missingLabels(this);
    }

    @Override
    public Threshold fit(double[] scores, boolean[] labels) {
      return new Threshold(
          this,
          Ranking.of(scores, labels).bestCut((caught, alarms) -> miss * caught - alarm * alarms));
    }

    @Override
    public boolean needsLabels() {
      return true;
    }
  }

  private static void requireShare(String name, double share) {
    Require.that(
        share > 0 && share < 1, name + " must be more than 0 and less than 1, is " + share);
  }

  private static IllegalArgumentException missingLabels(Rule rule) {
    return new IllegalArgumentException(
        rule.name()
            + " needs labels; give labelled rows or choose a rule without, such as false-alarms");
  }

  /** {@code share} of {@code count}, rounded as the decimal number it was written as. */
  private static int of(int count, double share, RoundingMode rounding) {
    return BigDecimal.valueOf(count)
        .multiply(BigDecimal.valueOf(share))
        .setScale(0, rounding)
        .intValue();
  }

  /** The cut that a new score exceeds with a probability of at most {@code allowed / (n + 1)}. */
  private static double conformal(double[] sorted, int allowed) {
    return allowed == 0 ? Double.POSITIVE_INFINITY : sorted[sorted.length - allowed];
  }

  /**
   * The cut that at most {@code rate} of the scores exceed; ties with the next score are below it.
   */
  private static double within(double[] scores, BigDecimal rate) {
    double[] sorted = Ranking.sorted(scores);
    int allowed =
        BigDecimal.valueOf(sorted.length).multiply(rate).setScale(0, RoundingMode.FLOOR).intValue();
    return allowed == 0
        ? Double.POSITIVE_INFINITY
        : sorted[Math.max(0, sorted.length - allowed - 1)];
  }

  /** The smallest n with (n + 1) · part / whole ≥ 1. */
  private static long fewest(BigDecimal whole, BigDecimal part) {
    return whole
        .divide(part, 0, RoundingMode.CEILING)
        .subtract(BigDecimal.ONE)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValue();
  }
}
