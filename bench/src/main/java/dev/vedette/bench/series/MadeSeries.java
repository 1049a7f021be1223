package dev.vedette.bench.series;

import dev.vedette.math.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A generated series with known periods.
 *
 * <p>Ranges: 15 % without a period (white noise, AR(1) with φ up to 0.95, random walk, steps), 65 %
 * with one and 20 % with two; periods from 4 to 500 points, log-uniform, a third of them natural
 * ones such as 7, 24, 168 or 288, a fifth not whole; 4 to 60 cycles of the longest, 100 to 12,000
 * points; sine, sawtooth, rectangle (duty 0.2 to 0.8) and spikes (2 to 8 % of the period wide);
 * noise from nothing to as strong as the signal (standard deviations); no trend, a line, a
 * parabola, a bent line or a random walk, up to five times the signal (the walk once); 0 to 20 %
 * missing, alone or in blocks; 0 to 2 % outliers of 5 to 15 standard deviations. Of two periods the
 * longer is 3 to 12 times the shorter or unrelated, the weaker at least half as strong as the
 * stronger, and neither goes into the other's count: both have to be found and nothing else.
 *
 * @param values NaN is missing
 * @param periods true periods in points, empty for none
 * @param kind what was generated, for the report
 */
public record MadeSeries(double[] values, List<Double> periods, String kind) {
  private static final double[] NATURAL = {4, 7, 12, 24, 48, 52, 96, 144, 168, 288, 336, 365};

  /** Series {@code index} of {@code seed}. */
  public static MadeSeries number(long seed, int index) {
    var random = Seeds.stream(seed, index);
    double share = random.nextDouble();
    return share < 0.15 ? without(random) : with(random, share < 0.35);
  }

  private static MadeSeries without(SplittableRandom random) {
    int n = (int) logUniform(random, 100, 12_000);
    double[] values = new double[n];
    int kind = random.nextInt(4);
    double memory = kind == 1 ? random.nextDouble(0, 0.95) : kind == 2 ? 1 : 0;
    double level = 0;
    double step = 0;
    for (int i = 0; i < n; i++) {
      level = memory * level + random.nextGaussian();
      if (kind == 3 && random.nextDouble() < 4.0 / n) {
        step += random.nextDouble(-5, 5);
      }
      values[i] = level + step;
    }
    trend(random, values, 1);
    spoil(random, values);
    return new MadeSeries(
        values, List.of(), "none, " + List.of("white", "AR(1)", "walk", "steps").get(kind));
  }

  private static MadeSeries with(SplittableRandom random, boolean two) {
    var periods = new ArrayList<Double>();
    double first = period(random);
    periods.add(first);
    if (two) {
      periods.add(second(random, first));
    }
    double longest = Math.max(first, periods.get(periods.size() - 1));
    double cycles = logUniform(random, 4, 60);
    int n = (int) Math.max(100, Math.min(12_000, Math.ceil(longest * cycles)));
    double[] values = new double[n];
    var kind = new StringBuilder(two ? "two:" : "one:");
    double strength = 1;
    for (double period : periods) {
      int profile = random.nextInt(4);
      add(values, period, profile, strength, random);
      kind.append(' ').append(List.of("sine", "sawtooth", "rectangle", "spikes").get(profile));
      strength = random.nextDouble(0.5, 1);
    }
    double signal = deviation(values);
    double noise = random.nextDouble() * signal;
    for (int i = 0; i < n; i++) {
      values[i] += noise * random.nextGaussian();
    }
    trend(random, values, signal);
    spoil(random, values);
    return new MadeSeries(values, List.copyOf(periods), kind.toString());
  }

  private static double period(SplittableRandom random) {
    double share = random.nextDouble();
    if (share < 1 / 3.0) {
      return NATURAL[random.nextInt(NATURAL.length)];
    }
    double period = logUniform(random, 4, 500);
    return share < 0.8 ? Math.rint(period) : period;
  }

  private static double second(SplittableRandom random, double first) {
    for (int attempt = 0; attempt < 100; attempt++) {
      double second =
          random.nextBoolean() ? first * (3 + random.nextInt(10)) : Math.rint(period(random));
      double ratio = Math.max(first, second) / Math.min(first, second);
      boolean multiple = Math.abs(ratio - Math.rint(ratio)) < 1e-9;
      if (second <= 500 && ratio >= 1.5 && (multiple ? ratio > 2.5 : apart(ratio))) {
        return second;
      }
    }
    return first >= 100 ? Math.rint(first / 7 + 0.5) : first * 4;
  }

  /** Not close to a multiple, where one period could be meant by the other. */
  private static boolean apart(double ratio) {
    return Math.abs(ratio - Math.rint(ratio)) > 0.1;
  }

  private static void add(
      double[] values, double period, int profile, double strength, SplittableRandom random) {
    double shift = random.nextDouble();
    double duty = random.nextDouble(0.2, 0.8);
    double width = Math.max(0.4 / period, random.nextDouble(0.02, 0.08) / 2.5);
    double[] season = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double phase = i / period + shift;
      phase -= Math.floor(phase);
      season[i] =
          switch (profile) {
            case 0 -> Math.sin(2 * Math.PI * phase);
            case 1 -> phase;
            case 2 -> phase < duty ? 1 : 0;
            default -> Math.exp(-0.5 * (phase - 0.5) * (phase - 0.5) / (width * width));
          };
    }
    double unit = strength / deviation(season);
    for (int i = 0; i < values.length; i++) {
      values[i] += unit * season[i];
    }
  }

  private static void trend(SplittableRandom random, double[] values, double signal) {
    int n = values.length;
    int kind = random.nextInt(5);
    double size = random.nextDouble(-5, 5) * signal;
    double bend = random.nextDouble(0.2, 0.8);
    double other = random.nextDouble(-5, 5) * signal;
    double walk = 0;
    for (int i = 0; i < n; i++) {
      double at = (double) i / n;
      walk += random.nextGaussian() * signal / Math.sqrt(n) * Math.abs(size / signal) / 5;
      values[i] +=
          switch (kind) {
            case 0 -> 0;
            case 1 -> size * at;
            case 2 -> size * 4 * (at - bend) * (at - bend);
            case 3 -> size * at + (at > bend ? other * (at - bend) : 0);
            default -> walk;
          };
    }
  }

  private static void spoil(SplittableRandom random, double[] values) {
    double deviation = deviation(values);
    double outliers = random.nextDouble(0, 0.02);
    double missing = random.nextDouble(0, 0.2);
    boolean blocks = random.nextDouble() < 0.3;
    int longest = Math.max(2, values.length / 50);
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() < outliers) {
        double size = random.nextDouble(5, 15) * deviation;
        values[i] += random.nextBoolean() ? size : -size;
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (blocks) {
        if (random.nextDouble() < 2 * missing / longest) {
          int until = Math.min(values.length, i + 1 + random.nextInt(longest));
          for (; i < until; i++) {
            values[i] = Double.NaN;
          }
        }
      } else if (random.nextDouble() < missing) {
        values[i] = Double.NaN;
      }
    }
  }

  private static double deviation(double[] values) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  }

  private static double logUniform(SplittableRandom random, double from, double to) {
    return Math.exp(random.nextDouble(Math.log(from), Math.log(to)));
  }
}
