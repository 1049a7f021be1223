package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.SeriesPreparation.Aggregate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the series of a file are made ready for a detector. What learned from series prepared in one
 * way reads later ones prepared in the same.
 *
 * @param zone whose clock times without an offset are of, see {@link ReadOptions#zone}
 * @param every one point per step, see {@link SeriesPreparation#resampled}, without a first and a
 *     last step that the points cover only in part; null for the points as they are
 * @param aggregate what becomes of several points in one step
 * @param imputation what stands in for missing values; null to put them on the line between their
 *     neighbours where the detector cannot do without
 */
public record Preparation(
    ZoneId zone, @Nullable Step every, Aggregate aggregate, @Nullable Imputation imputation) {
  /** No step is left out where fewer would remain. */
  private static final int FEWEST_STEPS = 3;

  public Preparation {
    Require.that(
        every != null || aggregate == Aggregate.MEAN,
        "there is nothing to aggregate by %s without a step"
            .formatted(aggregate.name().toLowerCase(Locale.ROOT)));
  }

  /** The points as they are, in UTC. */
  public Preparation() {
    this(ZoneOffset.UTC, null, Aggregate.MEAN, null);
  }

  /** With one point per step, the aggregate of its points. */
  public Preparation every(Step step, Aggregate aggregate) {
    return new Preparation(zone, step, aggregate, imputation);
  }

  /** With missing values filled in this way. */
  public Preparation imputation(@Nullable Imputation imputation) {
    return new Preparation(zone, every, aggregate, imputation);
  }

  /** With times without an offset by the clock of this zone. */
  public Preparation zone(ZoneId zone) {
    return new Preparation(zone, every, aggregate, imputation);
  }

  /**
   * A series that is ready.
   *
   * @param remarks what was done to it, a sentence each
   */
  public record Prepared(Series series, List<String> remarks) {
    public Prepared {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Makes {@code series} ready.
   *
   * @param distance the usual one of neighbouring points, {@link Series#step} of the series or of
   *     an earlier one like it
   * @param acceptsMissing whether the detector knows what to do with a missing value
   * @throws DataException when the step is finer than the series, a value is missing that is needed
   *     and may not be filled, or there is none to fill from
   */
  public Prepared apply(Series series, long distance, boolean acceptsMissing) {
    List<String> remarks = new ArrayList<>();
    Series points = every == null ? series : resampled(series, every, distance, remarks);
    long missing = missing(points);
    if (missing == 0 || (imputation == null && acceptsMissing)) {
      return new Prepared(points, remarks);
    }
    Imputation filling = imputation == null ? new Imputation.Linear() : imputation;
    if (filling instanceof Imputation.None) {
      if (acceptsMissing) {
        return new Prepared(points, remarks);
      }
      throw new DataException(
          ("%s values are missing and none may be for this detector; fill them in, such as by"
                  + " --fill linear, or choose another detector")
              .formatted(missing));
    }
    requireValues(points, filling);
    remarks.add("%s missing values were %s".formatted(missing, words(filling)));
    return new Prepared(SeriesPreparation.filled(points, filling), remarks);
  }

  private Series resampled(Series series, Step step, long distance, List<String> remarks) {
    Series all = SeriesPreparation.resampled(series, step, aggregate, distance);
    List<String> edges = new ArrayList<>();
    Series points = all.points() == 0 ? all : trimmed(series, all, step, distance, edges);
    remarks.add(
        "%s points became %s, the %s of every %s%s"
            .formatted(
                series.points(),
                points.points(),
                aggregate.name().toLowerCase(Locale.ROOT),
                step.text(),
                empty(points)));
    remarks.addAll(edges);
    return points;
  }

  /**
   * {@code stepped} without a first and a last step that {@code series} covers only in part, as
   * their values are not like those of whole steps. They stay where too few would be left, or where
   * most steps are covered in part.
   */
  private static Series trimmed(
      Series series, Series stepped, Step step, long distance, List<String> remarks) {
    StepCoverage coverage = StepCoverage.of(series, stepped.times(), step, distance);
    int count = stepped.points();
    int from = coverage.first() ? 1 : 0;
    int to = coverage.last() ? count - 1 : count;
    boolean leaving = coverage.even() && to - from >= FEWEST_STEPS;
    String what = leaving ? " only in part and was left out" : " only in part";
    if (coverage.first()) {
      remarks.add("the first step, from %s, is covered".formatted(start(stepped, 0)) + what);
    }
    if (coverage.last()) {
      remarks.add("the last step, from %s, is covered".formatted(start(stepped, count - 1)) + what);
    }
    return leaving ? stepped.slice(from, to) : stepped;
  }

  private static String start(Series stepped, int point) {
    return Moments.text(stepped.time(point));
  }

  /** How many steps have no value at all, where there are such. */
  private static String empty(Series series) {
    long empty =
        IntStream.range(0, series.points())
            .filter(
                i ->
                    IntStream.range(0, series.variables())
                        .allMatch(v -> Double.isNaN(series.value(v, i))))
            .count();
    return empty == 0 ? "" : "; " + empty + " of them have no value";
  }

  private static long missing(Series series) {
    return IntStream.range(0, series.variables())
        .mapToLong(
            v ->
                IntStream.range(0, series.points())
                    .filter(i -> Double.isNaN(series.value(v, i)))
                    .count())
        .sum();
  }

  private static void requireValues(Series series, Imputation filling) {
    if (filling instanceof Imputation.Constant) {
      return;
    }
    for (int v = 0; v < series.variables(); v++) {
      int variable = v;
      if (IntStream.range(0, series.points())
          .allMatch(i -> Double.isNaN(series.value(variable, i)))) {
        throw new DataException(
            "all %s values of '%s' are missing".formatted(series.points(), series.names().get(v)));
      }
    }
  }

  private static String words(Imputation filling) {
    return switch (filling) {
      case Imputation.None none -> "left missing";
      case Imputation.Previous previous -> "given the last value before them";
      case Imputation.Linear linear -> "put on the line between their neighbours";
      case Imputation.Spline spline -> "put on a curve through their neighbours";
      case Imputation.Periodic periodic -> "given the mean of the periods around them";
      case Imputation.Constant(double value) -> "set to " + Numbers.text(value);
    };
  }
}
