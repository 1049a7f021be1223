package dev.vedette.pipeline;

import dev.vedette.Decision;
import dev.vedette.ensemble.Fuse;
import dev.vedette.threshold.Rule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decides on fused scores: p-value, severity and flag, by what recent events scored.
 *
 * <p>The threshold is chosen by the rule of the pipeline on the scores of the first mode ({@link
 * SecondMode}), or on all of them where scores are votes. Before there are enough events for the
 * rule's promise it is extrapolated from the tail, so that what stands far out is flagged early.
 */
final class Judge {
  static final int RECENT = 50_000;

  /** Labelled scores kept for rules that learn from labels. */
  private static final int MOST_LABELS = 10_000;

  /** The most a budget flags that is larger than the stream. */
  private static final double MOST_FLAGGED = 0.1;

  private static final long DAY = 86_400_000L;

  private final Rule rule;

  /** Whether scores rise in steps by their nature: no step is another kind of events. */
  private final boolean hasSteps;

  private final Labelled labelled = new Labelled(MOST_LABELS);
  private Scale scale = new Scale(RECENT);
  private long firstAt;
  private long lastAt;
  private long nextDrift;

  // What follows is derived from the scale when it changes.
  private int normal;
  private double threshold = Double.POSITIVE_INFINITY;
  private double drift;

  Judge(Rule rule, Fuse fuse) {
    this.rule = rule;
    this.hasSteps = fuse instanceof Fuse.Vote;
  }

  Decision decide(double score) {
    double pValue = pValue(score);
    double counted = -Math.log10(pValue);
    double tens = scale.isFarOut(score) ? Math.max(counted, scale.strength(score)) : counted;
    double severity = Math.clamp(20 * trusted(tens), 0.0, 100.0);
    return new Decision(score, pValue, severity, score > threshold);
  }

  /** The conformal p-value among the recent scores of the first mode. */
  double pValue(double score) {
    return Scale.share(scale.sorted(), normal, score);
  }

  /** The strength a few events can vouch for: beyond 1/n it grows slower while n is small. */
  private double trusted(double tens) {
    double shown = Math.log10(normal + 1.0);
    return tens <= shown ? tens : shown + (tens - shown) * Math.min(1, normal / 1_000.0);
  }

  /** The ends of the 95 % interval of the p-value (Wilson, 1927, doi:10.2307/2276774). */
  double low(double pValue) {
    return normal == 0 ? 0 : wilson(pValue, -1);
  }

  double high(double pValue) {
    return normal == 0 ? 1 : wilson(pValue, 1);
  }

  private double wilson(double share, int side) {
    double n = normal + 1.0;
    double z = 1.959963984540054;
    double centre = share + z * z / (2 * n);
    double half = z * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return Math.clamp((centre + side * half) / (1 + z * z / n), 0.0, 1.0);
  }

  double threshold() {
    return threshold;
  }

  double drift() {
    return drift;
  }

  long bytes() {
    return scale.bytes() + labelled.bytes();
  }

  /** Takes the score of an event at {@code at} into what is normal. */
  void learn(double score, long at) {
    if (scale.added() == 0) {
      firstAt = at;
      lastAt = at;
    }
    // A longer pause is none of the stream's days: one wrong time must not make them many.
    firstAt += Math.max(0, at - lastAt - DAY);
    lastAt = Math.max(lastAt, at);
    if (scale.add(score)) {
      derive();
    }
  }

  /** Takes in what a person said of an event that scored {@code score}. */
  void label(double score, boolean anomaly) {
    labelled.add(score, anomaly);
    if (rule.needsLabels()) {
      derive();
    }
  }

  private void derive() {
    normal = hasSteps ? scale.sorted().length : SecondMode.first(scale);
    threshold = chosen();
    if (scale.added() >= nextDrift) {
      nextDrift = scale.added() + Math.max(500, scale.sorted().length / 5);
      drift = Drift.between(scale.inOrder());
    }
  }

  private double chosen() {
    if (rule.needsLabels()) {
      return labelled.hasBoth()
          ? rule.fit(labelled.scores(), labelled.anomalies()).cut()
          : byRate(new Rule.FalseAlarms(PipelineFile.DEFAULT_RATE));
    }
    return byRate(timed(rule));
  }

  private double byRate(Rule rate) {
    double share = flaggedShare(rate);
    if (normal < Math.ceil(1 / share) - 1) {
      // An allowance for the uncertainty of a tail seen by few events.
      return scale.scoreOf(-Math.log10(share) * (1 + 3 / Math.sqrt(Math.max(1, normal))));
    }
    double[] usual = Arrays.copyOf(scale.sorted(), normal);
    if (rate instanceof Rule.StandOut) { // which looks at runs
      double highest = usual[normal - 1];
      usual = Arrays.stream(scale.inOrder()).filter(score -> score <= highest).toArray();
    }
    return rate.fit(usual).cut();
  }

  private static double flaggedShare(Rule rule) {
    return switch (rule) {
      case Rule.FalseAlarms alarms -> alarms.rate();
      case Rule.Share share -> share.share();
      case Rule.Quantile quantile -> 1 - quantile.level();
      case Rule.Budget budget -> budget.perDay() / budget.rowsPerDay();
      case Rule.StandOut alone -> Math.min(MOST_FLAGGED, alone.alarms() / RECENT);
      case Rule.BestF1 f1 -> PipelineFile.DEFAULT_RATE;
      case Rule.BestAccuracy accuracy -> PipelineFile.DEFAULT_RATE;
      case Rule.Cost cost -> PipelineFile.DEFAULT_RATE;
    };
  }

  /**
   * A budget per day needs to know how many events a day has: as many as there were, a pause of
   * more than a day counting as one. Where that is fewer than the budget, a tenth of them is
   * flagged and not all.
   */
  private Rule timed(Rule given) {
    if (!(given instanceof Rule.Budget budget) || budget.rowsPerDay() > 0) {
      return given;
    }
    double days = Math.max(1, lastAt - firstAt) / (double) DAY;
    double perDay = scale.added() / days;
    return perDay > budget.perDay()
        ? new Rule.Budget(budget.perDay(), Math.min(1e15, perDay))
        : new Rule.Share(MOST_FLAGGED);
  }

  void write(DataOutput out) throws IOException {
    scale.write(out);
    out.writeLong(firstAt);
    out.writeLong(lastAt);
    out.writeInt(normal);
    out.writeDouble(threshold);
    out.writeDouble(drift);
    out.writeLong(nextDrift);
    labelled.write(out);
  }

  void read(DataInput in) throws IOException {
    scale = Scale.read(in, RECENT);
    firstAt = in.readLong();
    lastAt = in.readLong();
    normal = in.readInt();
    threshold = in.readDouble();
    drift = in.readDouble();
    nextDrift = in.readLong();
    labelled.read(in);
  }
}
