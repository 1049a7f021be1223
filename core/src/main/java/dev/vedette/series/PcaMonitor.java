package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import dev.vedette.math.Normal;
import dev.vedette.math.Parallel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Principal component monitoring: whether a point is far out among what varies together
 * (Hotelling's T²), or breaks how it varies together (Q, the squared prediction error).
 *
 * <p>Score ≥ 0: the larger of T² and Q, each divided by its limit, so 1 is the control limit of
 * {@code level}: for points that are normally distributed and do not depend on each other one in
 * 1/(1 − level) is above each limit; points of a series mostly do, then more are. The limits are
 * those of Jackson and Mudholkar 1979, doi:10.1080/00401706.1979.10489779: F for T², their own for
 * Q. With a half-life the points are averaged before, as in a multivariate EWMA chart (Lowry et al.
 * 1992, doi:10.1080/00401706.1992.10485232), so that small but lasting shifts are found; the
 * average begins at the mean of the history. Contributions of T² are complete decomposition
 * contributions (Alcala and Qin 2011, doi:10.1016/j.jprocont.2010.10.005), those of Q squared
 * residuals.
 *
 * <p>With n points and d variables: fit O(d² · n + d³), of n at most 50,000 points spread evenly;
 * read O(d² · n). Blind to what becomes of each variable in time, if it goes with the others.
 *
 * @param components 1 or more: how many main directions; below 1: as many as explain that share of
 *     the variance
 * @param level of the control limits, 0.5 to 0.999999
 * @param halfLife points after which a point counts half in the average, 0 to 1,000,000; 0: only
 *     the point itself counts
 */
public record PcaMonitor(double components, double level, double halfLife)
    implements SeriesDetector {
  /** A smaller mean square of what the components leave over is rounding. */
  private static final double LEAST_RESIDUAL = 1e-6;

  /** Keeps a power real where one direction has nearly all that is left over. */
  private static final double LEAST_INNER = 0.1;

  /** A direction with less variance, of d in all, is none. */
  private static final double LEAST_VARIANCE = 1e-9;

  public PcaMonitor {
    Require.range("components", components, 0.01, 10_000);
    Require.that(
        components < 1 || components == Math.rint(components),
        "components must be a share below 1 or a whole number, is " + components);
    Require.range("level", level, 0.5, 0.999999);
    FadingErrors.requireHalfLife(halfLife);
  }

  /** 90 % of the variance, limits of 99.9 %, half-life 3. */
  public PcaMonitor() {
    this(0.9, 0.999, 3);
  }

  public PcaMonitor components(double components) {
    return new PcaMonitor(components, level, halfLife);
  }

  public PcaMonitor level(double level) {
    return new PcaMonitor(components, level, halfLife);
  }

  public PcaMonitor halfLife(double halfLife) {
    return new PcaMonitor(components, level, halfLife);
  }

  @Override
  public boolean univariate() {
    return false;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(history.variables(), false);
    int least = history.variables() + 2;
    if (history.points() < least) {
      throw new DataException(
          "the history has %s points, monitoring %s variables needs %s"
              .formatted(history.points(), history.variables(), least));
    }
    VariableScale raw = VariableScale.of(history);
    double[][] averaged = averaged(raw, history);
    VariableScale scale = raw.times(deviations(averaged));
    DMatrixRMaj correlation = correlation(averaged);
    var eigen = DecompositionFactory_DDRM.eig(correlation.numRows, true, true);
    if (!eigen.decompose(correlation)) {
      throw new DataException("the variables' correlations have no eigenvectors that can be found");
    }
    int[] order =
        IntStream.range(0, correlation.numRows)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] variance = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      variance[i] = Math.max(0, eigen.getEigenvalue(order[i]).getReal());
    }
    double[][] directions = new double[count(variance)][];
    for (int c = 0; c < directions.length; c++) {
      directions[c] = eigen.getEigenVector(order[c]).data.clone();
    }
    return new Fitted(
        this,
        history.names(),
        scale,
        directions,
        IntStream.range(0, directions.length).mapToDouble(c -> variance[c]).toArray(),
        limitT2(directions.length, history.points()),
        limitQ(variance, directions.length));
  }

  /** Averages of the standardised values, variables × points. */
  private double[][] averaged(VariableScale scale, Series series) {
    double weight = FadingErrors.weight(halfLife);
    double[][] values = scale.standard(series);
    for (double[] each : values) {
      double average = 0;
      for (int i = 0; i < each.length; i++) {
        average += weight * (each[i] - average);
        each[i] = average;
      }
    }
    return values;
  }

  private static double[] deviations(double[][] averaged) {
    double[] deviations = new double[averaged.length];
    for (int v = 0; v < deviations.length; v++) {
      double squares = 0;
      for (double value : averaged[v]) {
        squares += value * value;
      }
      deviations[v] = squares > 0 ? Math.sqrt(squares / averaged[v].length) : 1;
    }
    return deviations;
  }

  private static DMatrixRMaj correlation(double[][] averaged) {
    int variables = averaged.length;
    double[] deviations = deviations(averaged);
    int step = LaggedRegression.step(averaged[0].length);
    var correlation = new DMatrixRMaj(variables, variables);
    Parallel.each(
        variables,
        v -> {
          for (int w = 0; w <= v; w++) {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < averaged[v].length; i += step) {
              sum += averaged[v][i] * averaged[w][i];
              count++;
            }
            double value = sum / count / (deviations[v] * deviations[w]);
            correlation.data[v * variables + w] = value;
            correlation.data[w * variables + v] = value;
          }
        });
    return correlation;
  }

  private int count(double[] variance) {
    double total = 0;
    for (double value : variance) {
      total += value;
    }
    int count = 0;
    double explained = 0;
    while (count < variance.length
        && variance[count] > LEAST_VARIANCE * variance.length
        && (components >= 1 ? count < components : explained < components * total)) {
      explained += variance[count];
      count++;
    }
    return count;
  }

  private double limitT2(int count, int points) {
    if (count == 0) {
      return 1;
    }
    double factor = (double) count * (points - 1) * (points + 1) / points / (points - count);
    return factor * FisherF.quantile(level, count, points - count);
  }

  /** Equation 3.3 of Jackson and Mudholkar. */
  private double limitQ(double[] variance, int count) {
    double[] theta = new double[4];
    for (int c = count; c < variance.length; c++) {
      for (int power = 1; power <= 3; power++) {
        theta[power] += Math.pow(variance[c], power);
      }
    }
    double least = LEAST_RESIDUAL * variance.length;
    if (theta[1] <= least) {
      return least;
    }
    double h = 1 - 2 * theta[1] * theta[3] / (3 * theta[2] * theta[2]);
    double normal = Normal.quantile(level);
    double inner =
        normal * h * Math.sqrt(2 * theta[2]) / theta[1]
            + 1
            + theta[2] * h * (h - 1) / (theta[1] * theta[1]);
    return Math.max(least, theta[1] * Math.pow(Math.max(LEAST_INNER, inner), 1 / h));
  }

  /**
   * A fitted {@link PcaMonitor}.
   *
   * @param directions the components, unit vectors over the standardised variables (components ×
   *     variables)
   * @param variance of each component
   */
  public record Fitted(
      PcaMonitor detector,
      List<String> names,
      VariableScale scale,
      double[][] directions,
      double[] variance,
      double limitT2,
      double limitQ)
      implements SeriesModel {
    public Fitted {
      Require.that(
          names.size() == scale.variables() && directions.length == variance.length,
          "one name per variable, one variance per component");
      for (int c = 0; c < variance.length; c++) {
        Require.that(directions[c].length == scale.variables(), "a direction has another width");
        Require.finite("a direction", directions[c]);
        Require.that(variance[c] > 0, "a variance is not positive");
      }
      Require.that(limitT2 > 0 && limitQ > 0, "a limit is not positive");
    }

    @Override
    public int variables() {
      return scale.variables();
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(variables(), false);
      int points = later.points();
      double[][] averaged = detector.averaged(scale, later);
      double[] score = new double[points];
      double[][] expected = new double[variables()][points];
      double[][] spread = new double[variables()][points];
      double[][] contribution = new double[variables()][points];
      double[] unit = spreads();
      Parallel.blocks(
          points,
          256,
          (from, to) -> {
            var point = new Point(this);
            for (int i = from; i < to; i++) {
              score[i] = point.read(averaged, i);
              for (int v = 0; v < expected.length; v++) {
                expected[v][i] = scale.value(v, point.modelled[v]);
                spread[v][i] = unit[v];
                contribution[v][i] = point.contribution[v];
              }
            }
          });
      return new Reading(score, expected, spread, contribution);
    }

    /** What the components leave of the deviation of each variable. */
    private double[] spreads() {
      double[] spreads = new double[variables()];
      for (int v = 0; v < spreads.length; v++) {
        double left = 1;
        for (int c = 0; c < directions.length; c++) {
          left -= variance[c] * directions[c][v] * directions[c][v];
        }
        spreads[v] = scale.unit()[v] * Math.sqrt(Math.max(LEAST_RESIDUAL, left));
      }
      return spreads;
    }

    @Override
    public Reading readTraining(Series history) {
      return read(history);
    }
  }

  /** The statistics of one point; its arrays are used again for the next. */
  private static final class Point {
    private final Fitted model;
    private final double[] modelled;
    private final double[] distant;
    private final double[] contribution;

    Point(Fitted model) {
      this.model = model;
      int variables = model.variables();
      modelled = new double[variables];
      distant = new double[variables];
      contribution = new double[variables];
    }

    double read(double[][] values, int i) {
      int variables = modelled.length;
      Arrays.fill(modelled, 0);
      Arrays.fill(distant, 0);
      for (int c = 0; c < model.directions.length; c++) {
        double[] direction = model.directions[c];
        double projection = 0;
        for (int v = 0; v < variables; v++) {
          projection += direction[v] * values[v][i];
        }
        double scaled = projection / Math.sqrt(model.variance[c]);
        for (int v = 0; v < variables; v++) {
          modelled[v] += projection * direction[v];
          distant[v] += scaled * direction[v];
        }
      }
      double t2 = 0;
      double q = 0;
      for (int v = 0; v < variables; v++) {
        double residual = values[v][i] - modelled[v];
        t2 += distant[v] * distant[v];
        q += residual * residual;
      }
      t2 /= model.limitT2;
      q /= model.limitQ;
      for (int v = 0; v < variables; v++) {
        double residual = values[v][i] - modelled[v];
        contribution[v] =
            t2 > q ? distant[v] * distant[v] / model.limitT2 : residual * residual / model.limitQ;
      }
      return Math.max(t2, q);
    }
  }
}
