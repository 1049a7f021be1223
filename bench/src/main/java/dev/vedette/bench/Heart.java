package dev.vedette.bench;

import dev.vedette.bench.Ecg.Beats;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A generated electrocardiogram: each beat is a sum of bells, one a wave (P, Q, R, S, T), as in
 * McSharry et al. 2003, doi:10.1109/TBME.2003.808805, with a heart rate that breathes, waves of
 * varying height, a wandering base line and muscle noise.
 *
 * <p>One beat in four of the tested ones is abnormal, of four kinds in turn.
 */
final class Heart {
  static final int HERTZ = 128;
  static final int WINDOW = 96;
  static final int TRAINING = 1000;
  static final int TESTED = 1000;

  /** Samples of a window before the R wave. */
  private static final int BEFORE = 38;

  /** A wave: seconds after R, seconds wide, height in millivolts. */
  private record Wave(double place, double width, double height) {
    Wave times(double factor) {
      return new Wave(place, width, factor * height);
    }
  }

  private static final List<Wave> NORMAL =
      List.of(
          new Wave(-0.155, 0.025, 0.12),
          new Wave(-0.033, 0.0127, -0.1),
          new Wave(0, 0.0127, 1),
          new Wave(0.033, 0.0127, -0.25),
          new Wave(0.25, 0.045, 0.3));

  /** How a beat can be abnormal. */
  private record Kind(String name, List<Wave> waves) {}

  private static final Kind VENTRICULAR =
      new Kind(
          "ventricular", // comes early from a ventricle: no P, wide, T turned over; a pause follows
          List.of(new Wave(0, 0.042, 1.1), new Wave(0.1, 0.045, -0.4), new Wave(0.28, 0.06, -0.3)));

  private static final List<Kind> KINDS =
      List.of(
          VENTRICULAR,
          new Kind("st-elevation", with(new Wave(0.12, 0.05, 0.2))), // stays up between S and T
          new Kind("inverted-t", with(new Wave(0.25, 0.045, -0.5))),
          new Kind("no-p", NORMAL.subList(1, NORMAL.size()))); // not from the atrium

  private static List<Wave> with(Wave more) {
    var waves = new ArrayList<>(NORMAL);
    waves.add(more);
    return List.copyOf(waves);
  }

  private final SplittableRandom random;
  private final double[] signal;
  private double now = 1;

  private Heart(SplittableRandom random) {
    this.random = random;
    this.signal = new double[(TRAINING + TESTED + 4) * HERTZ * 2];
  }

  static Beats beats(long seed) {
    var heart = new Heart(Seeds.stream(seed, 0));
    int[] at = new int[TRAINING + TESTED];
    var kinds = new ArrayList<String>();
    for (int i = 0; i < at.length; i++) {
      int tested = i - TRAINING;
      boolean abnormal = tested >= 0 && tested % 4 == 2;
      Kind kind = abnormal ? KINDS.get(tested / 4 % KINDS.size()) : null;
      at[i] = heart.beat(kind);
      if (tested >= 0) {
        kinds.add(kind == null ? "" : kind.name);
      }
    }
    heart.disturb();
    return new Beats(heart.windows(at, 0, TRAINING), heart.windows(at, TRAINING, at.length), kinds);
  }

  /** Adds a beat; returns the sample of its R wave, found to one sample. */
  private int beat(@Nullable Kind kind) {
    double breath = 0.03 * Math.sin(2 * Math.PI * 0.25 * now);
    double interval = 0.8 + breath + 0.03 * random.nextGaussian();
    boolean early = VENTRICULAR.equals(kind);
    now += early ? 0.65 * interval : interval;
    double size = 1 + 0.05 * random.nextGaussian();
    for (Wave wave : kind == null ? NORMAL : kind.waves) {
      add(wave.times(size * (1 + 0.08 * random.nextGaussian())), now);
    }
    int found = (int) Math.rint(now * HERTZ) + random.nextInt(3) - 1;
    now += early ? 0.35 * interval : 0;
    return found;
  }

  private void add(Wave wave, double beat) {
    double center = beat + wave.place;
    int first = (int) Math.floor((center - 5 * wave.width) * HERTZ);
    int last = (int) Math.ceil((center + 5 * wave.width) * HERTZ);
    for (int t = first; t <= last; t++) {
      double away = ((double) t / HERTZ - center) / wave.width;
      signal[t] += wave.height * Math.exp(-away * away / 2);
    }
  }

  private void disturb() {
    double phase = 2 * Math.PI * random.nextDouble();
    for (int t = 0; t < signal.length; t++) {
      double wander = 0.05 * Math.sin(2 * Math.PI * 0.22 * t / HERTZ + phase);
      signal[t] += wander + 0.02 * random.nextGaussian();
    }
  }

  private Matrix windows(int[] at, int from, int to) {
    double[][] windows = new double[to - from][WINDOW];
    for (int i = from; i < to; i++) {
      System.arraycopy(signal, at[i] - BEFORE, windows[i - from], 0, WINDOW);
    }
    return Matrix.of(windows);
  }
}
