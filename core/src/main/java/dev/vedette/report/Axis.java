package dev.vedette.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of values laid out from 0 to 1, evenly or by their logarithm.
 *
 * @param low where the range starts; positive when {@code log}
 * @param high where it ends, above {@code low}
 */
record Axis(double low, double high, boolean log) {
  /** A mark on an axis. */
  record Tick(double at, String label) {}

  /** Where {@code value} lies: 0 at {@code low}, 1 at {@code high}; not limited to that. */
  double at(double value) {
    if (log) {
      return (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
    }
    // Halves, so that a range as wide as all doubles has a width.
    return (value / 2 - low / 2) / (high / 2 - low / 2);
  }

  /** The value that lies at {@code fraction}. */
  double value(double fraction) {
    return log
        ? Math.pow(10, Math.log10(low) + fraction * (Math.log10(high) - Math.log10(low)))
        : low * (1 - fraction) + high * fraction;
  }

  /** At most about {@code most} marks at round values. */
  List<Tick> ticks(int most) {
    List<Tick> ticks = log ? decades(most) : evenly(most);
    int longest = ticks.stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
    return longest > 9 && ticks.size() > 2 ? List.of(ticks.getFirst(), ticks.getLast()) : ticks;
  }

  private List<Tick> evenly(int most) {
    double step = step(high / most - low / most);
    List<Tick> ticks = new ArrayList<>();
    double first = Math.ceil(low / step - 1e-9);
    for (int k = 0; k <= 2 * most; k++) {
      double value = (first + k) * step;
      double at = at(value);
      if (!(at <= 1 + 1e-9)) {
        break;
      }
      ticks.add(new Tick(Math.clamp(at, 0, 1), Figures.tick(value, step)));
    }
    return ticks;
  }

  /** The least of 1, 2, 2.5, 5 times a power of ten that is not below {@code rough}. */
  static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= rough * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private List<Tick> decades(int most) {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    int every = Math.max(1, (int) Math.ceil((last - first + 1) / (double) most));
    List<Tick> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += every) {
      double value = Double.parseDouble("1e" + power);
      ticks.add(new Tick(Math.clamp(at(value), 0, 1), decade(power, value)));
    }
    return ticks;
  }

  private static String decade(int power, double value) {
    return power >= -4 && power <= 6 ? Figures.tick(value, value) : "1e" + power;
  }
}
