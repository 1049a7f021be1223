package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What kind of series one variable is.
 *
 * @param points their number
 * @param step the usual distance of points in milliseconds
 * @param missing the share of steps without a value, from 0 to 1
 * @param seasons the periods found, strongest first
 * @param trend how much of the variance without the seasons is a slow level, from 0 to 1
 * @param roughness the variance of differences of neighbours against twice that of the values
 *     without seasons: 1 for independent values, near 0 for a level that wanders
 * @param majority the share of the most frequent value among all values
 * @param zeros the share of zeros among all values
 */
public record SeriesTraits(
    int points,
    long step,
    double missing,
    List<Season> seasons,
    double trend,
    double roughness,
    double majority,
    double zeros) {
  /** Below this roughness a level wanders. */
  private static final double WANDERING = 0.1;

  private static final double MOSTLY = 0.5;

  /** Names of steps and seasons, the longest first. */
  private static final String[] UNITS = {"week", "day", "hour", "minute", "second"};

  private static final long[] LENGTHS = {604_800_000, 86_400_000, 3_600_000, 60_000, 1000};

  public SeriesTraits {
    seasons = List.copyOf(seasons);
  }

  /**
   * The traits of a variable.
   *
   * @throws DataException when the series has no points or hardly anything but gaps
   */
  public static SeriesTraits of(Series series, int variable) {
    Series one = series.only(variable);
    Grid grid = Grid.of(one);
    return of(one, Grid.values(one, grid.slots(one)));
  }

  static SeriesTraits of(Series series, double[] values) {
    List<Season> seasons = Periods.of(values, series.step());
    double[] lengths = Periods.lengths(values, seasons);
    double[] sorted = Quantiles.sorted(values);
    double[] level = PeriodicMedians.withoutSeasons(values, lengths);
    double present = sorted.length;
    return new SeriesTraits(
        series.points(),
        series.step(),
        values.length == 0 ? 0 : 1 - present / values.length,
        seasons,
        trend(level),
        roughness(level),
        present == 0 ? 0 : longestRun(sorted) / present,
        present == 0 ? 0 : Arrays.stream(sorted).filter(value -> value == 0).count() / present);
  }

  private static double trend(double[] level) {
    double[] slow = MedianTrend.of(level, Math.max(5, level.length / 10));
    double[] rest = new double[level.length];
    Arrays.setAll(rest, i -> level[i] - slow[i]);
    double all = Spread.around(level);
    return all > 0 ? Math.clamp(1 - Math.pow(Spread.of(rest) / all, 2), 0, 1) : 0;
  }

  private static double roughness(double[] level) {
    double[] steps = new double[Math.max(0, level.length - 1)];
    Arrays.setAll(steps, i -> level[i + 1] - level[i]);
    double all = Spread.around(level);
    return all > 0 ? Math.pow(Spread.of(steps) / all, 2) / 2 : 1;
  }

  private static int longestRun(double[] sorted) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < sorted.length; i++) {
      run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** Whether the level wanders, so that only neighbours tell what is usual. */
  public boolean wanders() {
    return seasons.isEmpty() && roughness < WANDERING && !mostlyTheSame();
  }

  /** Whether more than half of the values are the same. */
  public boolean mostlyTheSame() {
    return majority > MOSTLY;
  }

  /** The traits that matter, in words, such as "repeats every 24 points (1 day)". */
  String words() {
    String repeats =
        seasons.isEmpty()
            ? wanders() ? "its level wanders and nothing repeats" : "nothing repeats"
            : "it repeats every "
                + seasons.stream().map(this::words).collect(Collectors.joining(" and "));
    return repeats
        + (mostlyTheSame() ? ", %s of the values are the same".formatted(percent(majority)) : "")
        + (missing > 0.001 ? ", %s are missing".formatted(percent(missing)) : "");
  }

  private String words(Season season) {
    double points = season.points();
    String number =
        points == Math.rint(points)
            ? Long.toString((long) points)
            : String.format(Locale.ROOT, "%.1f", points);
    String time = time(Math.round(points * step));
    return number + " points" + (time.isEmpty() ? "" : " (" + time + ")");
  }

  private static String time(long millis) {
    for (int u = 0; u < UNITS.length; u++) {
      if (millis >= LENGTHS[u] && millis % LENGTHS[u] == 0) {
        long count = millis / LENGTHS[u];
        return count + " " + UNITS[u] + (count > 1 ? "s" : "");
      }
    }
    return "";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
