package dev.vedette.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a row has its score: {@code score = base + Σ contributions} over all columns.
 *
 * @param score of the row
 * @param base the part that no column accounts for
 * @param reasons one per column, the largest contribution first; equal ones in the order of the
 *     columns
 */
public record Explanation(double score, double base, List<Reason> reasons) {
  public Explanation {
    reasons = List.copyOf(reasons);
  }

  /** Orders the columns by contribution and works out their shares. */
  public static Explanation of(double score, double base, List<Input> inputs) {
    double up = inputs.stream().mapToDouble(input -> Math.max(0, input.contribution())).sum();
    List<Reason> reasons = new ArrayList<>();
    for (Input input : inputs) {
      double share = up > 0 ? Math.max(0, input.contribution()) / up : 0;
      reasons.add(new Reason(input, share));
    }
    reasons.sort(Comparator.comparingDouble(reason -> -reason.input().contribution()));
    return new Explanation(score, base, reasons);
  }

  /**
   * The at most {@code count} columns that push the score up most, each with at least 1 % of it.
   */
  public List<Reason> top(int count) {
    return reasons.stream().filter(reason -> reason.share() >= 0.01).limit(count).toList();
  }

  /** The three main reasons in one line. */
  @Override
  public String toString() {
    return top(3).stream().map(Reason::toString).collect(Collectors.joining("; "));
  }
}
