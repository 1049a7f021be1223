package dev.vedette.auto;

import dev.vedette.Detectors;
import dev.vedette.OptionText;
import dev.vedette.RowDetector;
import dev.vedette.auto.Auto.Regime;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link Auto} takes for some rows.
 *
 * @param asked what the rows were said to be
 * @param lines of the evidence for what was taken, the best first
 * @param rows how many there are
 * @param repeated the share of the rows that repeat others, except the row repeated most often
 */
record Choice(Regime asked, List<Evidence.Line> lines, int rows, double repeated) {
  /** So many kinds: with two to five the mean over sets left out was within a point. */
  private static final int MEMBERS = 4;

  /** These see much the same as others, so that both would not make an ensemble better. */
  private static final Map<String, String> KINDS =
      Map.of("mahalanobis", "gmm", "extended-iforest", "iforest", "iqr", "zscore", "copod", "ecod");

  /** These compare a row to all training rows. */
  private static final Set<String> TO_ALL = Set.of("knn", "lof");

  private static final int MOST_TO_ALL = 20_000;
  private static final double MOST_REPEATED = 0.1;

  static Choice of(Regime asked, Matrix rows, Evidence evidence) {
    double repeated = repeated(rows);
    var kinds = new HashSet<String>();
    var lines = new ArrayList<Evidence.Line>();
    for (Evidence.Line line : evidence.ranking(regime(asked, repeated))) {
      String name = line.detector().split(" ", 2)[0];
      boolean tooSlow = rows.rows() > MOST_TO_ALL && TO_ALL.contains(name);
      if (lines.size() < MEMBERS && !tooSlow && kinds.add(KINDS.getOrDefault(name, name))) {
        lines.add(line);
      }
    }
    return new Choice(asked, lines, rows.rows(), repeated);
  }

  private static Regime regime(Regime asked, double repeated) {
    return repeated > MOST_REPEATED ? Regime.CONTAMINATED : asked;
  }

  private static double repeated(Matrix rows) {
    long[] hashes = new long[rows.rows()];
    for (int i = 0; i < hashes.length; i++) {
      for (int j = 0; j < rows.columns(); j++) {
        hashes[i] = Seeds.mix(hashes[i] ^ Double.doubleToLongBits(rows.get(i, j) + 0.0));
      }
    }
    Arrays.sort(hashes);
    int sum = 0;
    int most = 0;
    for (int from = 0, to = 0; from < hashes.length; from = to) {
      while (to < hashes.length && hashes[to] == hashes[from]) {
        to++;
      }
      if (to - from > 1) {
        sum += to - from;
        most = Math.max(most, to - from);
      }
    }
    return (sum - most) / (double) hashes.length;
  }

  /** The members of the ensemble. */
  String members() {
    return lines.stream().map(Evidence.Line::member).collect(Collectors.joining("+"));
  }

  /** Why these, in one sentence. */
  String note() {
    var text = new StringBuilder("auto chose ");
    text.append(lines.stream().map(Choice::brief).collect(Collectors.joining(" + ")));
    text.append(
        regime(asked, repeated) == Regime.CLEAN
            ? ", for clean training rows"
            : ", as anomalies may be among the training rows");
    if (regime(asked, repeated) != asked) {
      text.append(
          String.format(
              Locale.ROOT,
              " (said to be clean, but %.0f %% repeat others, which fine detectors cannot rank)",
              100 * repeated));
    }
    text.append(": best of their kinds by mean ROC AUC over ");
    text.append(lines.getFirst().areas().size()).append(" public sets, ");
    text.append(
        lines.stream()
            .map(line -> String.format(Locale.ROOT, "%.1f", line.mean()))
            .collect(Collectors.joining(", ")));
    text.append(" %");
    if (rows > MOST_TO_ALL) {
      text.append(
          String.format(
              Locale.ROOT, ", without those that compare to all of %,d training rows", rows));
    }
    return text.toString();
  }

  /** Without the options that have their default value. */
  private static String brief(Evidence.Line line) {
    Detectors catalogue = Detectors.standard();
    RowDetector detector = catalogue.parse(line.detector());
    List<String> usual = OptionText.settings(catalogue.entry(detector).defaults());
    return Stream.concat(
            Stream.of(catalogue.entry(detector).name()),
            OptionText.settings(detector).stream().filter(option -> !usual.contains(option)))
        .collect(Collectors.joining(" "));
  }
}
