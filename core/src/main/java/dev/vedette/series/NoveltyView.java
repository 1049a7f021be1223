package dev.vedette.series;

import dev.vedette.Require;

/**
 * One number made of the last values, in the eyes of {@link Novelty}: how far it is from all it
 * ever was, and how rare such a distance is. The last {@code window} numbers are left out, because
 * they share values with the one looked at.
 */
final class NoveltyView {
  private static final double ROUNDING = 1e-13;
  private final SeenValues seen;
  private final Rarity rarity;
  private final double[] waiting;
  private long learned;

  /**
   * What was learned.
   *
   * @param seen numbers, ascending
   * @param rarity of their distances
   * @param waiting the last ones, not yet among those seen; number i at i modulo the length
   * @param learned how many there were
   */
  record State(double[] seen, Rarity.State rarity, double[] waiting, long learned) {
    State {
      Require.that(waiting.length > 0, "no window");
      Require.finite("a number", waiting);
      Require.that(learned >= 0, "a count is damaged");
    }

    static State none(int window) {
      return new State(new double[0], Rarity.State.EMPTY, new double[window], 0);
    }
  }

  NoveltyView(State state, int memory, double tail) {
    seen = new SeenValues(state.seen, memory);
    rarity = new Rarity(state.rarity, tail);
    waiting = state.waiting.clone();
    learned = state.learned;
  }

  State snapshot() {
    return new State(seen.snapshot(), rarity.snapshot(), waiting.clone(), learned);
  }

  long bytes() {
    return seen.bytes() + Rarity.bytes() + (long) waiting.length * Double.BYTES;
  }

  /**
   * How rare it is to be so far from all it ever was.
   *
   * @param size of the values, to tell a distance from rounding
   */
  double surprise(double number, double size) {
    return rarity.surprise(distance(number, size));
  }

  private double distance(double number, double size) {
    double distance = seen.distance(number);
    return distance > ROUNDING * size ? distance : 0;
  }

  void learn(double number, double size) {
    rarity.add(distance(number, size));
    waiting[(int) (learned % waiting.length)] = number;
    learned++;
    if (learned >= waiting.length) {
      seen.add(waiting[(int) (learned % waiting.length)]);
    }
  }
}
