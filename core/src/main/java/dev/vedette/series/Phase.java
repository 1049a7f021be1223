package dev.vedette.series;

/**
 * A moment's place in the day and in the week: between which two nodes of a circle it lies, and how
 * near to the second.
 *
 * @param dayNode the node of the day before
 * @param dayShare how far to the next node, 0 to less than 1
 * @param weekNode the node of the week before
 * @param weekShare how far to the next node, 0 to less than 1
 */
record Phase(int dayNode, double dayShare, int weekNode, double weekShare) {
  private static final long DAY = 86_400_000;
  private static final long WEEK = 7 * DAY;
  private static final long MONDAY = 4 * DAY; // 1970-01-05

  /** The phase of {@code time} where the clocks are {@code offset} milliseconds ahead of UTC. */
  static Phase of(long time, long offset) {
    long local = Math.floorMod(Math.floorMod(time, WEEK) + offset - MONDAY, WEEK);
    double inDay = (double) (local % DAY) * Rhythm.DAY_NODES / DAY;
    double inWeek = (double) local * Rhythm.WEEK_NODES / WEEK;
    int dayNode = (int) inDay;
    int weekNode = (int) inWeek;
    return new Phase(dayNode, inDay - dayNode, weekNode, inWeek - weekNode);
  }

  int hour() {
    return dayNode / (Rhythm.DAY_NODES / Rhythm.HOURS);
  }

  /** What the nodes of the day say here. */
  double day(double[] nodes) {
    return between(nodes, dayNode, dayShare);
  }

  /** What the nodes of the week say here. */
  double week(double[] nodes) {
    return between(nodes, weekNode, weekShare);
  }

  private static double between(double[] nodes, int node, double share) {
    return (1 - share) * nodes[node] + share * nodes[(node + 1) % nodes.length];
  }

  void learnDay(
      double[] nodes, double[] weights, double off, double weight, double prior, double most) {
    learn(nodes, weights, dayNode, (1 - dayShare) * weight, off, prior, most);
    learn(nodes, weights, (dayNode + 1) % nodes.length, dayShare * weight, off, prior, most);
  }

  void learnWeek(
      double[] nodes, double[] weights, double off, double weight, double prior, double most) {
    learn(nodes, weights, weekNode, (1 - weekShare) * weight, off, prior, most);
    learn(nodes, weights, (weekNode + 1) % nodes.length, weekShare * weight, off, prior, most);
  }

  /**
   * The mean of what a node saw, with {@code prior} zeros before it; it forgets at {@code most}.
   */
  private static void learn(
      double[] nodes,
      double[] weights,
      int node,
      double weight,
      double off,
      double prior,
      double most) {
    weights[node] = Math.min(most, weights[node] + weight);
    nodes[node] = Rhythm.near(nodes[node] + weight * off / (weights[node] + prior));
  }
}
