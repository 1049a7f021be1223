package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;

/**
 * A fitted {@link OneClassSvm}.
 *
 * @param solved how it was found
 * @param scale brings the columns to the units of the kernel
 * @param expansion the function that is large where rows are usual; its weights sum to 1 in the
 *     exact form
 * @param rho ρ, the value of that function on the margin
 * @param typical some of the rows learned from that lie inside, standardised (rows × columns)
 */
public record OneClassSvmModel(
    OneClassSvm detector,
    Solved solved,
    SvmScale scale,
    KernelExpansion expansion,
    double rho,
    float[][] typical)
    implements RowModel {
  /**
   * How a model was found.
   *
   * @param form exact or by features, never auto
   * @param rows that were learned from
   * @param steps of the solver
   * @param gap by how much the conditions of the optimum are still violated, as {@link
   *     SvmSolver#tolerance} measures it
   */
  public record Solved(OneClassSvm.Form form, int rows, int steps, double gap) {
    public Solved {
      Require.that(form != OneClassSvm.Form.AUTO, "a fitted form is exact or features");
      Require.that(rows > 0 && steps >= 0 && gap >= 0, "what the solver reports is damaged");
    }
  }

  public OneClassSvmModel {
    Require.that(
        scale.columns() == expansion.vectors().length, "the vectors and the scale differ in width");
    Require.that(Double.isFinite(rho), "rho is not finite");
    Require.that(typical.length > 0, "the typical rows are missing");
    for (float[] row : typical) {
      Require.that(row.length == scale.columns(), "a typical row has another width");
      for (float value : row) {
        Require.that(Math.abs(value) <= SvmScale.FARTHEST, "a typical row is damaged");
      }
    }
  }

  @Override
  public int columns() {
    return scale.columns();
  }

  @Override
  public double score(double[] row) {
    Require.row(row, columns(), false);
    return rho - expansion.value(scale.scaled(row));
  }

  @Override
  public double[] score(Matrix rows) {
    rows.requireUsable(columns(), false);
    double[] scores = new double[rows.rows()];
    KernelRows vectors = expansion.rows();
    Parallel.blocks(
        rows.rows(),
        256,
        (from, to) -> {
          float[] buffer = new float[vectors.size()];
          double[] row = new double[columns()];
          for (int i = from; i < to; i++) {
            rows.copyRow(i, row);
            scores[i] = rho - vectors.sum(scale.scaled(row), expansion.weights(), buffer);
          }
        });
    return scores;
  }

  /**
   * What changes when the columns of a typical row become those of the row: its score is the base,
   * its values are normal. It is the typical row that agrees best with most columns. With RBF the
   * contributions are the Shapley values of putting in one column after the other, else those of
   * going the straight way from one row to the other (Aumann and Shapley).
   *
   * <p>O(vectors · d · min(d, 64)).
   */
  @Override
  public Attribution attribute(double[] row) {
    double score = score(row);
    float[] scaled = scale.scaled(row);
    float[] base = nearest(scaled);
    double baseScore = rho - expansion.value(base);
    double[] contributions = new KernelShares(expansion).of(base, scaled);
    double sum = 0;
    for (double contribution : contributions) {
      sum += contribution;
    }
    // The shares are summed in double precision, the score is not: spread the difference.
    double missing = score - baseScore - sum;
    double sizes = 0;
    for (double contribution : contributions) {
      sizes += Math.abs(contribution);
    }
    double[] normal = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      double share = sizes > 0 ? Math.abs(contributions[j]) / sizes : 1.0 / row.length;
      contributions[j] += missing * share;
      normal[j] = scale.original(base[j], j);
    }
    return new Attribution(score, baseScore, contributions, normal);
  }

  private float[] nearest(float[] scaled) {
    float[] nearest = typical[0];
    double best = -1;
    for (float[] candidate : typical) {
      double agreement = 0;
      for (int j = 0; j < scaled.length; j++) {
        double difference = (double) scaled[j] - candidate[j];
        agreement += 1 / (1 + difference * difference);
      }
      if (agreement > best) {
        best = agreement;
        nearest = candidate;
      }
    }
    return nearest;
  }
}
