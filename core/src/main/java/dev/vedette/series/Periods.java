package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Automatic detection of the periods of a series: none, one or several.
 *
 * <p>A robust cubic trend is taken away and spikes are clipped, at several heights, as a spike may
 * also be what repeats. A period is a comb in the power spectrum, peaks at a frequency and its
 * multiples, far above what neighbouring frequencies have, with the smallest such period taken; and
 * the other cycles must tell something of each one. Then its season is taken away, and the rest is
 * searched again. Where the step between points is known, periods close to an hour, a day, a week
 * or a year are taken as such, and a day or a week is also believed when there are two cycles, the
 * second like the first, and less so when turned.
 *
 * <p>Missing values may be NaN. O(n log n).
 */
public final class Periods {
  /** The shortest period, in points, and the fewest cycles without a known step. */
  private static final double LEAST = 3.5;

  private static final double LEAST_CYCLES = 3.8;

  private static final int MOST = 3;

  /** How many standard deviations (robust) high spikes are left; each is tried. */
  private static final double[] CLIPS = {2, 4, 10};

  /** The least strength of a first season, and of further ones in what is left. */
  private static final double STRENGTH = 0.02;

  private static final double FURTHER_STRENGTH = 0.05;

  /** A shorter season within a longer one: the share of the score and the ratio it stands out. */
  private static final double PART = 0.2;

  private static final double OUTSTANDING = 4;

  /** The parts of a natural period that are compared where it is seen twice: days of a week. */
  private static final int PARTS = 7;

  private static final long HOUR = 3_600_000;
  private static final long[] NATURAL = {HOUR, 24 * HOUR, 7 * 24 * HOUR, 365 * 24 * HOUR};

  private final double[] priors;
  private final List<Season> found = new ArrayList<>();
  private final double[] level;
  private double[] rest;

  private Periods(double[] values, long step) {
    int n = values.length;
    priors =
        step <= 0
            ? new double[0]
            : Arrays.stream(NATURAL)
                .mapToDouble(natural -> (double) natural / step)
                .filter(points -> points >= LEAST && points <= n / 2.0)
                .toArray();
    level = unitSized(values);
    rest = CubicTrend.without(level);
  }

  /** The values by the largest, whose squares neither overflow nor vanish. */
  private static double[] unitSized(double[] values) {
    double most = Arrays.stream(values).map(Math::abs).filter(v -> v > 0).max().orElse(1);
    return Arrays.stream(values).map(value -> value / most).toArray();
  }

  /** The seasons of the variable of {@code series}, its points a regular step apart. */
  public static List<Season> of(Series series) {
    series.requireUsable(1, true);
    return of(series.values(0), series.step());
  }

  /** The seasons of {@code values} a known {@code step} (milliseconds, 0 for unknown) apart. */
  public static List<Season> of(double[] values, long step) {
    if (values.length < 3 * LEAST) {
      return List.of();
    }
    var search = new Periods(values, step);
    for (int round = 0; round < 2 * MOST && search.found.size() < MOST; round++) {
      if (!search.next()) {
        break;
      }
    }
    search.addPriors();
    search.dropParts();
    return List.copyOf(search.found);
  }

  /** Whether there was another season; it is taken from the rest. */
  private boolean next() {
    int n = rest.length;
    Spectrum in = null;
    Spectrum.Comb best = new Spectrum.Comb(LEAST, 0, 0);
    for (double clip : CLIPS) {
      var spectrum = new Spectrum(zeroed(clipped(rest, clip)));
      Spectrum.Comb comb = spectrum.best(LEAST, n / LEAST_CYCLES);
      if (comb.score() > best.score()) {
        best = comb;
        in = spectrum;
      }
    }
    if (in == null || best.score() < in.sure()) {
      return false;
    }
    double least = found.isEmpty() ? STRENGTH : FURTHER_STRENGTH;
    Spectrum.Comb smallest = smallest(in, best);
    Season season = season(smallest);
    if (season.strength() < least && smallest.period() != best.period()) {
      season = season(best);
    }
    if (season.strength() < least) {
      return false;
    }
    take(season);
    return true;
  }

  private void take(Season season) {
    double period = season.points();
    int n = rest.length;
    double[] without = new Fold(period, n).without(rest);
    for (int i = 0; i < n; i++) {
      level[i] -= rest[i] - without[i];
    }
    rest = CubicTrend.without(without);
    for (Season known : found) {
      double off = Math.abs(known.points() - period);
      if (off <= Math.max(1, 0.02 * period) || off < 1.5 * period * period / n) {
        return; // more of the same
      }
    }
    found.add(season);
  }

  /** The shortest period that explains a comb, or the part of it that is a season of its own. */
  private Spectrum.Comb smallest(Spectrum spectrum, Spectrum.Comb best) {
    Spectrum.Comb own = null;
    Spectrum.Comb same = null;
    boolean whole = prior(best.period()) > 0;
    for (int k = (int) (best.period() / LEAST); k >= 2; k--) {
      Spectrum.Comb part = spectrum.near(best.period() / k);
      if (whole && prior(part.period()) == 0) {
        continue; // half a day is in the profile of the day
      }
      if (same == null && part.score() >= best.score() - Math.max(10, 0.15 * best.score())) {
        same = part;
      }
      if (part.score() > Math.max(spectrum.sure(), PART * best.score())
          && (own == null || part.score() > own.score() * 1.15)
          && spectrum.outstanding(best.period(), k) > OUTSTANDING) {
        own = part;
      }
    }
    return own != null ? smallest(spectrum, own) : same != null ? smallest(spectrum, same) : best;
  }

  /** Its exact period and strength; a trend that took some of a long season is fitted again. */
  private Season season(Spectrum.Comb comb) {
    int n = rest.length;
    double[] near = clipped(rest, 4);
    double period = Spectrum.refine(comb, zeroed(near));
    for (int round = 0; round < 2 && n / period < 12; round++) {
      double[] around = CubicTrend.without(new Fold(period, n).without(near));
      double[] without = new Fold(period, n).without(near);
      double[] again = new double[n];
      for (int i = 0; i < n; i++) {
        again[i] = near[i] - without[i] + around[i];
      }
      near = again;
      period =
          Spectrum.refine(new Spectrum.Comb(period, comb.score(), comb.harmonics()), zeroed(near));
    }
    period = snapped(period, n);
    return new Season(period, Math.clamp(new Fold(period, n).repeats(near), 0, 1));
  }

  /** A natural or whole period where the series does not tell otherwise. */
  private double snapped(double period, int n) {
    double prior = prior(period);
    if (prior > 0) {
      return prior;
    }
    double whole = Math.rint(period);
    double drift = Math.abs(period - whole) * n / period;
    return drift <= Math.max(1, 0.03 * period) ? whole : period;
  }

  /** The natural period close to {@code period}, or 0. */
  private double prior(double period) {
    for (double prior : priors) {
      if (Math.abs(period - prior) <= Math.max(0.01 * prior, 0.25 * prior * prior / rest.length)) {
        return prior;
      }
    }
    return 0;
  }

  /** Natural periods with too few cycles for the spectrum: two cycles alike, part by part. */
  private void addPriors() {
    int n = rest.length;
    for (double prior : priors) {
      if (n < LEAST_CYCLES * prior && n >= 1.9 * prior && found.size() < MOST) {
        double alike = alike(prior, 0);
        double turned =
            IntStream.range(1, PARTS).mapToDouble(turn -> alike(prior, turn)).max().orElse(1);
        if (alike > 0.6 && alike > turned + 0.2) {
          take(new Season(prior, Math.min(1, alike)));
        }
      }
    }
  }

  /**
   * The correlation of the first two cycles by the medians of their parts, the second one turned by
   * some parts; a line from the first to the second is taken away.
   */
  private double alike(double prior, int turn) {
    double[] first = new double[PARTS];
    double[] second = new double[PARTS];
    for (int j = 0; j < PARTS; j++) {
      first[j] = part(j * prior / PARTS, (j + 1) * prior / PARTS);
      second[j] = part(prior + j * prior / PARTS, prior + (j + 1) * prior / PARTS);
    }
    double mean = Arrays.stream(first).average().orElse(0);
    double after = Arrays.stream(second).average().orElse(0);
    double slope = (after - mean) / PARTS;
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int j = 0; j < PARTS; j++) {
      int other = (j + turn) % PARTS;
      double one = first[j] - mean - slope * (j - (PARTS - 1) / 2.0);
      double two = second[other] - after - slope * (other - (PARTS - 1) / 2.0);
      product += one * two;
      squares += one * one;
      others += two * two;
    }
    return squares > 0 && others > 0 ? product / Math.sqrt(squares * others) : 0;
  }

  private double part(double from, double to) {
    int end = Math.min((int) Math.rint(to), level.length);
    return Quantiles.median(Arrays.copyOfRange(level, (int) Math.rint(from), end));
  }

  /** Half or a third of a period that was found first, but explains little beside the whole. */
  private void dropParts() {
    found.removeIf(part -> found.stream().anyMatch(whole -> isPart(part, whole)));
  }

  private boolean isPart(Season part, Season whole) {
    double times = whole.points() / part.points();
    if (natural(whole) && !natural(part) && times > 1.5 && times < 12.5) {
      return close(times, Math.rint(times)); // half a day is in the profile of the day
    }
    double weight = part.strength() / whole.strength();
    return (weight < 0.5 && close(whole.points(), 2 * part.points()))
        || (weight < 0.15 && close(whole.points(), 3 * part.points()));
  }

  private boolean natural(Season season) {
    return Arrays.stream(priors).anyMatch(prior -> prior == season.points());
  }

  private static boolean close(double one, double other) {
    return Math.abs(one - other) < 0.02 * other;
  }

  private static double[] zeroed(double[] values) {
    double[] zeroed = values.clone();
    for (int i = 0; i < zeroed.length; i++) {
      if (Double.isNaN(zeroed[i])) {
        zeroed[i] = 0;
      }
    }
    return zeroed;
  }

  /** Values around 0, none farther off than {@code limit} robust deviations. */
  private static double[] clipped(double[] values, double limit) {
    double[] size = new double[values.length];
    for (int i = 0; i < size.length; i++) {
      size[i] = Math.abs(values[i]);
    }
    double[] sorted = Quantiles.sorted(size);
    double unit =
        Math.max(1.482602218505602 * Quantiles.of(sorted, 0.5), 0.5 * Quantiles.of(sorted, 0.9));
    double most = limit * unit;
    double[] clipped = values.clone();
    double sum = 0;
    for (int i = 0; i < size.length; i++) {
      if (!Double.isNaN(clipped[i])) {
        clipped[i] = Math.clamp(clipped[i], -most, most);
        sum += clipped[i];
      }
    }
    double mean = sum / Math.max(1, sorted.length);
    for (int i = 0; i < size.length; i++) {
      clipped[i] -= mean;
    }
    return clipped;
  }

  /** Checks the option {@code period} of a detector: 0 to find the seasons. */
  static void requirePeriod(int period) {
    Require.that(
        period == 0 || period >= 2, "period must be 0 (found) or at least 2, is " + period);
  }

  /** The lengths of seasons worth modelling: {@code period}, or those found where it is 0. */
  static double[] lengths(double[] values, long step, int period) {
    return lengths(values, period > 0 ? List.of(new Season(period, 1)) : of(values, step));
  }

  /** The lengths of seasons of which there are nearly two cycles, shortest first. */
  static double[] lengths(double[] values, List<Season> seasons) {
    return seasons.stream()
        .mapToDouble(Season::points)
        .filter(points -> 1.9 * points <= values.length)
        .sorted()
        .toArray();
  }
}
