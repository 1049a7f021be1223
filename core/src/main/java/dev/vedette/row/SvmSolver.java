package dev.vedette.row;

import dev.vedette.Require;

/**
 * How the problem of a support vector machine is solved, and what it may cost.
 *
 * @param tolerance 1e-9 to 0.1. Exact form: by how much the conditions of the optimum may be
 *     violated, as LIBSVM measures it, in units of the mean kernel value of a row with itself.
 *     Features: the duality gap as a share of ‖w‖², after at most 200 rounds
 * @param iterations of the exact form, 1 to 1,000,000,000; a solution that needs more is refused
 * @param cache megabytes for kernel values, 1 to 100,000; in the form of features also the bound on
 *     how many rows are learned from
 * @param landmarks rows that span the features, 2 to 4,096
 */
public record SvmSolver(double tolerance, int iterations, int cache, int landmarks) {
  public SvmSolver {
    Require.range("tolerance", tolerance, 1e-9, 0.1);
    Require.range("iterations", iterations, 1, 1_000_000_000);
    Require.range("cache", cache, 1, 100_000);
    Require.range("landmarks", landmarks, 2, 4096);
  }

  /** LIBSVM's tolerance, ten million iterations, 200 MB and 256 landmarks. */
  public SvmSolver() {
    this(1e-3, 10_000_000, 200, 256);
  }

  public SvmSolver tolerance(double tolerance) {
    return new SvmSolver(tolerance, iterations, cache, landmarks);
  }

  public SvmSolver iterations(int iterations) {
    return new SvmSolver(tolerance, iterations, cache, landmarks);
  }

  public SvmSolver cache(int cache) {
    return new SvmSolver(tolerance, iterations, cache, landmarks);
  }

  public SvmSolver landmarks(int landmarks) {
    return new SvmSolver(tolerance, iterations, cache, landmarks);
  }

  long bytes() {
    return cache * 1_000_000L;
  }
}
