package dev.vedette.online;

import dev.vedette.math.Seeds;

/** The randomness of a {@link CutForest}, from a state of 64 bits that can be kept. */
final class RandomCuts {
  /** Points lie within ± this, so that ranges stay finite. */
  static final double FARTHEST = 1e150;

  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  RandomCuts(long state) {
    this.state = state;
  }

  long state() {
    return state;
  }

  /** In [0, 1). */
  double uniform() {
    state += STEP;
    return (Seeds.mix(state) >>> 11) * 0x1p-53;
  }

  /** In [0, bound). */
  int below(int bound) {
    return (int) (uniform() * bound);
  }
}
