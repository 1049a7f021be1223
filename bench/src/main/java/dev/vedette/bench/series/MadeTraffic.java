package dev.vedette.bench.series;

import dev.vedette.data.Series;
import dev.vedette.math.Seeds;
import java.util.SplittableRandom;

/**
 * Two weeks of traffic as in Hochenbaum et al. 2017 (arXiv 1704.07706), with known anomalies.
 *
 * <p>Every 5 minutes (4,032 points) or every hour (336): a day's rhythm of three random harmonics,
 * weekends at 60 to 95 % of it, a trend of up to 40 % of the level, normal noise of 2 to 8 % of the
 * day's swing. Anomalies, in units of the noise: 4 to 12 spikes and dips of 7 to 20; 2 to 6 local
 * ones of 7 to 12 against the day's rhythm, which are no global extremes; 1 to 3 bursts of 7 to 15
 * for half an hour to three hours (hourly: 2 to 4 hours). At most 3 % of the points are anomalous.
 */
public final class MadeTraffic {
  private static final long START = 1_735_516_800_000L; // a Monday
  private static final long MINUTE = 60_000;
  private static final int DAYS = 14;

  private final int perDay;
  private final SplittableRandom random;
  private final double[] values;
  private final double[] usual;
  private final boolean[] anomalies;
  private final double noise;

  private MadeTraffic(SplittableRandom random, boolean hourly) {
    this.random = random;
    perDay = hourly ? 24 : 288;
    int n = DAYS * perDay;
    values = new double[n];
    anomalies = new boolean[n];
    usual = usual();
    double swing = swing();
    noise = random.nextDouble(0.02, 0.08) * swing;
    for (int i = 0; i < n; i++) {
      values[i] = usual[i] + noise * random.nextGaussian();
    }
  }

  /** Series {@code index} of {@code seed}, labelled. */
  public static Series number(long seed, int index, boolean hourly) {
    var made = new MadeTraffic(Seeds.stream(seed, index), hourly);
    made.inject(hourly);
    long[] times = new long[made.values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = START + i * (hourly ? 60L : 5L) * MINUTE;
    }
    return Series.of(times, made.values).withLabels(made.anomalies);
  }

  private double[] usual() {
    double[] size = new double[3];
    double[] shift = new double[3];
    for (int h = 0; h < 3; h++) {
      size[h] = random.nextDouble(0.3, 1) / (h + 1);
      shift[h] = random.nextDouble();
    }
    double weekend = random.nextDouble(0.6, 0.95);
    double growth = random.nextDouble(-0.4, 0.4);
    double[] made = new double[values.length];
    for (int i = 0; i < made.length; i++) {
      double level = 3;
      for (int h = 0; h < 3; h++) {
        level += size[h] * Math.sin(2 * Math.PI * ((h + 1.0) * i / perDay + shift[h]));
      }
      int day = i / perDay % 7;
      made[i] = 100 * (level * (day >= 5 ? weekend : 1) + 3 * growth * i / made.length);
    }
    return made;
  }

  private double swing() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < perDay; i++) {
      low = Math.min(low, usual[i]);
      high = Math.max(high, usual[i]);
    }
    return high - low;
  }

  private void inject(boolean hourly) {
    int scale = hourly ? 2 : 1;
    for (int k = (4 + random.nextInt(9)) / scale; k > 0; k--) {
      raise(random.nextInt(values.length), 1, random.nextDouble(7, 20) * sign());
    }
    for (int k = (2 + random.nextInt(5)) / scale; k > 0; k--) {
      int at = random.nextInt(values.length);
      double middle = usual[Math.floorMod(at + perDay / 2, values.length)];
      raise(at, 1, random.nextDouble(7, 12) * Math.signum(middle - usual[at]));
    }
    for (int k = (1 + random.nextInt(3)) / scale; k > 0; k--) {
      int length = hourly ? 2 + random.nextInt(3) : 6 + random.nextInt(31);
      raise(random.nextInt(values.length - length), length, random.nextDouble(7, 15) * sign());
    }
  }

  private int sign() {
    return random.nextBoolean() ? 1 : -1;
  }

  /** Raises points that are not raised yet; none of them, when one is. */
  private void raise(int from, int length, double by) {
    for (int i = from; i < from + length; i++) {
      if (anomalies[i]) {
        return;
      }
    }
    for (int i = from; i < from + length; i++) {
      values[i] += by * noise;
      anomalies[i] = true;
    }
  }
}
