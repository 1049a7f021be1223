package dev.vedette.server.model;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.Detectors;
import dev.vedette.data.Encoding;
import dev.vedette.data.Schema;
import dev.vedette.data.Table;
import dev.vedette.explain.Explanation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model that answers requests. Immutable: a request that has one is answered by
 * it, whatever takes its place meanwhile.
 *
 * @param name by which it is asked
 * @param version from 1 since the start of the server, one more with each replacement
 * @param sha256 of its file, in hexadecimal
 */
public record HostedModel(String name, long version, String sha256, Decider decider) {
  /** The most rows of a request. */
  static final int MOST_ROWS = 500_000;

  /** The most rows whose scores are explained in one request. */
  static final int MOST_EXPLAINED = 1_000;

  private static final int BLOCK = 1 << 20;

  /** Which rows are explained. */
  public enum Reasons {
    NONE,
    FLAGGED,
    ALL
  }

  /**
   * What a version made of rows.
   *
   * @param reasons for each decision why; null where that was not asked for
   */
  public record Scored(
      HostedModel model, List<Decision> decisions, List<@Nullable Explanation> reasons) {
    public Scored {
      reasons = Collections.unmodifiableList(reasons);
    }
  }

  Encoding encoding() {
    return decider.model().encoding();
  }

  /** The columns it takes, in order. */
  public Schema schema() {
    return encoding().schema();
  }

  /** The detector and its options, such as {@code iforest trees=200}. */
  public String detector() {
    return Detectors.standard().text(decider.model().rows().detector());
  }

  /** Whether its training data had a column of this name that says nothing and was left out. */
  public boolean leftOut(String column) {
    return encoding().dropped().stream().anyMatch(dropped -> dropped.name().equals(column));
  }

  /**
   * The decisions on all rows, each as it would be alone, until {@code deadline} by {@link
   * System#nanoTime}.
   */
  Scored score(Table table, Reasons wanted, long deadline) {
    int rows = table.rows();
    if (rows == 0) {
      throw RefusedException.invalid("there are no rows; send at least one");
    }
    if (rows > MOST_ROWS) {
      throw new RefusedException(
          RefusedException.Reason.TOO_LARGE,
          "%,d rows are more than %,d; send them in several requests".formatted(rows, MOST_ROWS));
    }
    try {
      List<Decision> decisions = decisions(table, deadline);
      return new Scored(this, decisions, reasons(table, decisions, wanted, deadline));
    } catch (DataException e) {
      throw RefusedException.invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Encoded rows may be far wider than the table's: so many at a time that they stay small. */
  private List<Decision> decisions(Table table, long deadline) {
    int rows = table.rows();
    int block = Math.max(1, BLOCK / decider.model().rows().columns());
    if (rows <= block) {
      return decider.decide(table);
    }
    var decisions = new ArrayList<Decision>(rows);
    for (int from = 0; from < rows; from += block) {
      check(deadline);
      int[] part = IntStream.range(from, Math.min(rows, from + block)).toArray();
      decisions.addAll(decider.decide(table.select(part)));
    }
    return decisions;
  }

  private List<@Nullable Explanation> reasons(
      Table table, List<Decision> decisions, Reasons wanted, long deadline) {
    long explained = decisions.stream().filter(decision -> is(wanted, decision)).count();
    if (explained > MOST_EXPLAINED) {
      throw new RefusedException(
          RefusedException.Reason.TOO_LARGE,
          "reasons for %,d rows are more than %,d; send fewer rows, or ask for no reasons"
              .formatted(explained, MOST_EXPLAINED));
    }
    List<@Nullable Explanation> reasons = new ArrayList<>(decisions.size());
    for (int row = 0; row < decisions.size(); row++) {
      boolean why = is(wanted, decisions.get(row));
      if (why) {
        check(deadline);
      }
      reasons.add(why ? decider.model().explain(table, row) : null);
    }
    return reasons;
  }

  private static boolean is(Reasons wanted, Decision decision) {
    return switch (wanted) {
      case NONE -> false;
      case FLAGGED -> decision.flagged();
      case ALL -> true;
    };
  }

  private static void check(long deadline) {
    if (System.nanoTime() - deadline > 0) {
      throw new RefusedException(
          RefusedException.Reason.TOO_SLOW,
          "the rows were not scored in time; send fewer at a time");
    }
  }
}
