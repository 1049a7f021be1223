package dev.vedette.row;

import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One-class support vector machine: the smoothest function that is large on all training rows but a
 * share ν; where it is small, rows are unusual.
 *
 * <p>Score: ρ − Σ wᵢ k(x, vᵢ) with Σ wᵢ = 1. Above 0 the row lies outside, below 0 inside the
 * region that holds a share 1 − ν of the training rows; with RBF it lies from −1 to ρ ≤ 1 and is ρ
 * for any row far from all others, so that very far rows tie. Times ν·n it is LIBSVM's decision
 * value negated.
 *
 * <p>Columns should be comparable. A small ν suits training rows that are clean, and then finds
 * more; with anomalies among them it learns these too. Fails with the linear and polynomial kernels
 * on most data: they measure from zero, and a row far out on the side of the training rows looks
 * usual to them.
 *
 * <p>Exact form: fit O(n²·d) or less for small ν, memory the cache and O(n·d); row O(ν·n·d).
 * Features: the function is sought among the combinations of the kernels at some random rows
 * (Nyström), to a duality gap below the tolerance: fit O(n·landmarks·(d + rounds)), row
 * O(landmarks·d).
 *
 * <p>Schölkopf et al., "Estimating the Support of a High-Dimensional Distribution", 2001,
 * doi:10.1162/089976601750264965; Williams and Seeger, "Using the Nyström Method to Speed Up Kernel
 * Machines", NIPS 2000.
 *
 * @param nu ν, 0.00001 to 1: at most this share of the training rows lies outside, and about this
 *     share is remembered
 * @param form how the problem is put: by itself exactly up to 10,000 rows, by features beyond
 * @param kernel how similar two rows are
 * @param solver what the solution may cost
 * @param seed of the choice of landmarks; the exact form draws no lots
 */
public record OneClassSvm(double nu, Form form, SvmKernel kernel, SvmSolver solver, long seed)
    implements RowDetector {
  /** How the problem is put. */
  public enum Form {
    /** By the number of rows. */
    AUTO,
    /** Over all rows. */
    EXACT,
    /** Over the kernels at some rows only. */
    FEATURES
  }

  private static final int MOST_EXACT = 10_000;
  private static final int TYPICAL = 32;

  public OneClassSvm {
    Require.range("nu", nu, 1e-5, 1);
  }

  /** ν = 0.5 with RBF, which stands anomalies among the training rows. */
  public OneClassSvm() {
    this(0.5, Form.AUTO, new SvmKernel(), new SvmSolver(), 42);
  }

  public OneClassSvm nu(double nu) {
    return new OneClassSvm(nu, form, kernel, solver, seed);
  }

  public OneClassSvm form(Form form) {
    return new OneClassSvm(nu, form, kernel, solver, seed);
  }

  public OneClassSvm kernel(SvmKernel kernel) {
    return new OneClassSvm(nu, form, kernel, solver, seed);
  }

  public OneClassSvm solver(SvmSolver solver) {
    return new OneClassSvm(nu, form, kernel, solver, seed);
  }

  public OneClassSvm seed(long seed) {
    return new OneClassSvm(nu, form, kernel, solver, seed);
  }

  /**
   * Learns from {@code rows}; the model's {@link OneClassSvmModel#solved} tells in which form.
   *
   * @throws dev.vedette.DataException when the exact form is not solved in the iterations allowed
   */
  @Override
  public OneClassSvmModel fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    SvmScale.Fitting fitting = SvmScale.of(rows, kernel);
    boolean exact = form == Form.AUTO ? rows.rows() <= MOST_EXACT : form == Form.EXACT;
    return exact ? exact(rows, fitting) : new Nystrom(this, fitting, rows).fit();
  }

  /** Equal rows are one row that may weigh as much as all of them. */
  private OneClassSvmModel exact(Matrix rows, SvmScale.Fitting fitting) {
    SvmScale scale = fitting.scale();
    var distinct = DistinctRows.of(rows, scale.center());
    int size = distinct.rows().rows();
    int[] all = IntStream.range(0, size).toArray();
    var kernelRows =
        KernelRows.inOwnUnit(fitting.kernel(), scale.columns(distinct.rows(), all, 0, size));
    double[] caps = Arrays.stream(distinct.counts()).asDoubleStream().toArray();
    double total = nu * rows.rows();
    Smo.Solution solution = new Smo(kernelRows, caps, solver).solve(total);
    int[] support = Arrays.stream(all).filter(i -> solution.alpha()[i] > 0).toArray();
    double[] weights =
        Arrays.stream(support).mapToDouble(i -> solution.alpha()[i] / total).toArray();
    return new OneClassSvmModel(
        this,
        new OneClassSvmModel.Solved(Form.EXACT, rows.rows(), solution.steps(), solution.gap()),
        scale,
        new KernelExpansion(fitting.kernel(), kernelRows.select(support).columns(), weights),
        kernelRows.unit() * solution.rho() / total,
        Arrays.stream(typical(solution.values()))
            .mapToObj(kernelRows::row)
            .toArray(float[][]::new));
  }

  /** Some indices, spread over all, of values that are not below the median. */
  static int[] typical(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    int[] upper = IntStream.range(0, values.length).filter(i -> values[i] >= median).toArray();
    int size = Math.min(TYPICAL, upper.length);
    return IntStream.range(0, size)
        .map(i -> upper[(int) ((long) i * upper.length / size)])
        .toArray();
  }
}
