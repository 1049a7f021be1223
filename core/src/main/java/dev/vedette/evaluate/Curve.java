package dev.vedette.evaluate;

import dev.vedette.Require;
import dev.vedette.threshold.Ranking;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A curve for drawing, one point per different score, thinned where that is too many: of the points
 * left out none is far from the lines between those kept.
 *
 * @param points in the order of falling score
 */
public record Curve(List<Point> points) {
  /**
   * One point: what is measured when every row that scores at least {@code score} is flagged.
   *
   * @param x the horizontal place, from 0 to 1
   * @param y the vertical place, from 0 to 1
   * @param score the lowest score flagged; +∞ where nothing is
   */
  public record Point(double x, double y, double score) {}

  public Curve {
    points = List.copyOf(points);
  }

  /**
   * The receiver operating characteristic: x is the false positive rate, y the recall. It starts at
   * (0, 0), where nothing is flagged, and ends at (1, 1).
   *
   * @param most the number of points kept at most, at least 2
   */
  public static Curve roc(double[] scores, boolean[] labels, int most) {
    Ranking ranking = Ranking.of(scores, labels);
    int points = ranking.groups() + 1;
    double[] x = new double[points];
    double[] y = new double[points];
    long caught = 0;
    long alarms = 0;
    for (int group = 0; group < ranking.groups(); group++) {
      caught += ranking.anomalies(group);
      alarms += ranking.normals(group);
      x[group + 1] = (double) alarms / ranking.normals();
      y[group + 1] = (double) caught / ranking.anomalies();
    }
    return thinned(ranking, x, y, most);
  }

  /**
   * Precision against recall: x is the recall, y the precision. It starts on the axis x = 0, at the
   * precision of the highest score, and ends at recall 1, where everything is flagged.
   *
   * @param most the number of points kept at most, at least 2
   */
  public static Curve precisionRecall(double[] scores, boolean[] labels, int most) {
    Ranking ranking = Ranking.of(scores, labels);
    int points = ranking.groups() + 1;
    double[] x = new double[points];
    double[] y = new double[points];
    long caught = 0;
    long flagged = 0;
    for (int group = 0; group < ranking.groups(); group++) {
      caught += ranking.anomalies(group);
      flagged += ranking.anomalies(group) + ranking.normals(group);
      x[group + 1] = (double) caught / ranking.anomalies();
      y[group + 1] = (double) caught / flagged;
    }
    y[0] = y[1];
    return thinned(ranking, x, y, most);
  }

  private static Curve thinned(Ranking ranking, double[] x, double[] y, int most) {
    return new Curve(
        keep(x, y, most).stream()
            .mapToObj(
                i ->
                    new Point(x[i], y[i], i == 0 ? Double.POSITIVE_INFINITY : ranking.score(i - 1)))
            .toList());
  }

  /** A stretch between two kept points, and the point between them that lies farthest off. */
  private record Stretch(int from, int to, int farthest, double distance) {
    static Stretch of(double[] x, double[] y, int from, int to) {
      double dx = x[to] - x[from];
      double dy = y[to] - y[from];
      double length = Math.hypot(dx, dy);
      int farthest = from;
      double distance = 0;
      for (int i = from + 1; i < to; i++) {
        double px = x[i] - x[from];
        double py = y[i] - y[from];
        double off = length > 0 ? Math.abs(px * dy - py * dx) / length : Math.hypot(px, py);
        if (off > distance) {
          distance = off;
          farthest = i;
        }
      }
      return new Stretch(from, to, farthest, distance);
    }
  }

  /**
   * Keeps the ends, then again and again the point farthest off the line drawn so far (Ramer,
   * doi:10.1016/S0146-664X(72)80017-0, with the largest distance first).
   */
  private static BitSet keep(double[] x, double[] y, int most) {
    Require.range("most", most, 2, Integer.MAX_VALUE);
    var kept = new BitSet(x.length);
    kept.set(0);
    kept.set(x.length - 1);
    var open =
        new PriorityQueue<Stretch>(
            Comparator.comparingDouble(Stretch::distance)
                .reversed()
                .thenComparingInt(Stretch::from));
    open.add(Stretch.of(x, y, 0, x.length - 1));
    for (int points = 2; points < most; points++) {
      Stretch worst = open.remove();
      if (worst.distance() < 1e-12) {
        break;
      }
      kept.set(worst.farthest());
      open.add(Stretch.of(x, y, worst.from(), worst.farthest()));
      open.add(Stretch.of(x, y, worst.farthest(), worst.to()));
    }
    return kept;
  }
}
