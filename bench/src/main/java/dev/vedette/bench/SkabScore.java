package dev.vedette.bench;

/**
 * How well flags agree with the labels of several experiments, as the leaderboard of the Skoltech
 * Anomaly Benchmark counts: points one by one, and the changes from one to the next as detected
 * change points. Only points after the training part count.
 *
 * <p>A change point is found by the first detection from it to {@value #WINDOW} ms later, both
 * inclusive; a window that overlaps the one before begins where that ends. It earns from 1 at the
 * beginning of its window to A<sub>FP</sub> at the end along a hyperbolic tangent, a missed one
 * costs A<sub>FN</sub>, a detection outside all windows A<sub>FP</sub>; 0 is what no detection at
 * all would get, 100 what perfect ones would.
 */
final class SkabScore {
  private static final long WINDOW = 60_000;
  private static final int STEPS = 1000; // to which the place within the window is rounded
  private static final double[] FALSE_POSITIVE = {-0.11, -0.22, -0.11};
  private static final double[] FALSE_NEGATIVE = {-1, -1, -2};

  private long hits;
  private long misses;
  private long falseAlarms;
  private long quiet;
  private final double[] earned = new double[FALSE_POSITIVE.length];
  private int changePoints;
  private int missedChangePoints;
  private int falseChangePoints;

  /** Counts one experiment. */
  void add(SkabFile file, boolean[] flags) {
    int from = SkabFile.TRAINING;
    for (int i = from; i < flags.length; i++) {
      if (file.anomaly()[i]) {
        hits += flags[i] ? 1 : 0;
        misses += flags[i] ? 0 : 1;
      } else {
        falseAlarms += flags[i] ? 1 : 0;
        quiet += flags[i] ? 0 : 1;
      }
    }
    boolean[] changes = new boolean[flags.length];
    for (int i = from; i < flags.length; i++) {
      changes[i] = flags[i] != (i > from && flags[i - 1]);
    }
    addChanges(file, changes, new boolean[flags.length]);
  }

  private void addChanges(SkabFile file, boolean[] changes, boolean[] used) {
    long end = Long.MIN_VALUE;
    for (int point = SkabFile.TRAINING; point < changes.length; point++) {
      if (file.changePoint()[point]) {
        long start = Math.max(end, file.series().time(point));
        end = file.series().time(point) + WINDOW;
        addWindow(file, changes, used, start, end);
      }
    }
    for (int i = SkabFile.TRAINING; i < changes.length; i++) {
      if (changes[i] && !used[i]) {
        falseChangePoints++;
        earn(FALSE_POSITIVE, 1);
      }
    }
  }

  private void addWindow(SkabFile file, boolean[] changes, boolean[] used, long start, long end) {
    changePoints++;
    long first = Long.MIN_VALUE;
    for (int i = SkabFile.TRAINING; i < changes.length; i++) {
      long time = file.series().time(i);
      if (changes[i] && time >= start && time <= end) {
        used[i] = true;
        first = first == Long.MIN_VALUE ? time : first;
      }
    }
    if (first == Long.MIN_VALUE) {
      missedChangePoints++;
      earn(FALSE_NEGATIVE, 1);
      return;
    }
    int step = (int) Math.min(STEPS - 1, (first - start) * STEPS / (end - start));
    double x = Math.PI * ((double) step / (STEPS - 1) - 0.5);
    double late = (1 + Math.tanh(x) / Math.tanh(Math.PI / 2)) / 2; // 0 to 1
    for (int profile = 0; profile < earned.length; profile++) {
      earned[profile] += 1 - late * (1 - FALSE_POSITIVE[profile]);
    }
  }

  private void earn(double[] each, int count) {
    for (int profile = 0; profile < earned.length; profile++) {
      earned[profile] += each[profile] * count;
    }
  }

  double f1() {
    return hits / (hits + (misses + falseAlarms) / 2.0);
  }

  /** Percent of the normal points that are flagged. */
  double falseAlarmRate() {
    return 100.0 * falseAlarms / (falseAlarms + quiet);
  }

  /** Percent of the anomalous points that are not flagged. */
  double missedRate() {
    return 100.0 * misses / (misses + hits);
  }

  /** The score of the change points in profile 0 standard, 1 few false positives, 2 few misses. */
  double nab(int profile) {
    double none = FALSE_NEGATIVE[profile] * changePoints;
    return 100 * (earned[profile] - none) / (changePoints - none);
  }

  int changePoints() {
    return changePoints;
  }

  int missedChangePoints() {
    return missedChangePoints;
  }

  int falseChangePoints() {
    return falseChangePoints;
  }
}
