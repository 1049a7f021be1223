package dev.vedette.auto;

import dev.vedette.data.Matrix;
import dev.vedette.ensemble.Ensemble;
import dev.vedette.ensemble.Strength;
import dev.vedette.math.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The candidates one after the other, the best first, until one suits the rows. */
final class Choice {
  /** These compare a row to all training rows. */
  private static final Set<String> TO_ALL = Set.of("kde", "knn", "lof");

  private static final int MOST_TO_ALL = 20_000;
  private static final double MOST_TIED = 0.1;

  private final Auto auto;
  private final Matrix rows;
  private final Evidence evidence;

  /** The share of the rows that are all equal to each other, where it is largest. */
  private final double repeated;

  /** Members that cannot rank the rows. */
  private final List<String> tying = new ArrayList<>();

  /** Why a better candidate was not taken; the first is told. */
  private @Nullable String passedOver;

  Choice(Auto auto, Matrix rows, Evidence evidence) {
    this.auto = auto;
    this.rows = rows;
    this.evidence = evidence;
    this.repeated = repeated(rows);
  }

  private static double repeated(Matrix rows) {
    long[] hashes = new long[rows.rows()];
    for (int i = 0; i < hashes.length; i++) {
      for (int j = 0; j < rows.columns(); j++) {
        hashes[i] = Seeds.mix(hashes[i] ^ Double.doubleToLongBits(rows.get(i, j) + 0.0));
      }
    }
    Arrays.sort(hashes);
    int most = 1;
    for (int i = 1, run = 1; i < hashes.length; i++) {
      run = hashes[i] == hashes[i - 1] ? run + 1 : 1;
      most = Math.max(most, run);
    }
    return (double) most / hashes.length;
  }

  /** Where all tie, the best is as good as any. */
  Ensemble.Fitted fit() {
    List<Evidence.Line> ranking = evidence.ranking(auto.regime());
    Ensemble.@Nullable Fitted best = null;
    for (Evidence.Line line : ranking) {
      List<String> members = List.of(line.members().split("\\+"));
      if (members.stream().anyMatch(tying::contains) || isTooSlow(line, members)) {
        continue;
      }
      var ensemble = new Ensemble(line.members(), auto.seed());
      Ensemble.Fitted fitted = Ensemble.Fitted.of(ensemble, rows, note(line));
      if (suits(line, members, fitted)) {
        return fitted;
      }
      best = best == null ? fitted : best;
    }
    if (best == null) {
      throw new IllegalStateException("the evidence has no candidate for any number of rows");
    }
    return best;
  }

  private boolean isTooSlow(Evidence.Line line, List<String> members) {
    boolean tooSlow =
        rows.rows() > MOST_TO_ALL
            && members.stream().anyMatch(member -> TO_ALL.contains(member.split(":", 2)[0]));
    if (tooSlow) {
      passOver(line, String.format(Locale.ROOT, "it takes too long for %,d rows", rows.rows()));
    }
    return tooSlow;
  }

  private boolean suits(Evidence.Line line, List<String> members, Ensemble.Fitted fitted) {
    Strength[] scales = fitted.scales();
    for (int m = 0; m < scales.length; m++) {
      double tied = scales[m].lowest() - repeated;
      if (tied > MOST_TIED) {
        tying.add(members.get(m));
        passOver(
            line,
            String.format(
                Locale.ROOT,
                "%s gives %.0f %% of these rows the same score",
                shown(members.get(m)),
                100 * scales[m].lowest()));
      }
    }
    return members.stream().noneMatch(tying::contains);
  }

  private void passOver(Evidence.Line line, String why) {
    if (passedOver == null) {
      passedOver =
          String.format(
              Locale.ROOT,
              "; %s (%.1f %%) was passed over: %s",
              shown(line.members()),
              line.mean(),
              why);
    }
  }

  private String note(Evidence.Line line) {
    int candidates = evidence.ranking(auto.regime()).size();
    return String.format(
        Locale.ROOT,
        "auto chose %s: trained on %s, its mean ROC AUC over %d public sets was %.1f %%, the best of"
            + " %s and %.1f below the best for each set%s",
        shown(line.members()),
        auto.regime() == Auto.Regime.CLEAN ? "clean rows" : "rows with anomalies among them",
        evidence.sets().size(),
        line.mean(),
        passedOver == null ? candidates + " candidates" : "those that suit this table",
        evidence.regret(line),
        passedOver == null ? "" : passedOver);
  }

  private static String shown(String members) {
    return String.join(
        " + ", Arrays.stream(members.split("\\+")).map(m -> m.replace(':', ' ')).toList());
  }
}
