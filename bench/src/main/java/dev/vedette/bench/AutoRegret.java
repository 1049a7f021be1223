package dev.vedette.bench;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.TableDetector;
import dev.vedette.TableModel;
import dev.vedette.auto.Auto;
import dev.vedette.auto.Auto.Regime;
import dev.vedette.auto.Evidence;
import dev.vedette.data.Csv;
import dev.vedette.data.Encoder;
import dev.vedette.data.Encoding;
import dev.vedette.data.Matrix;
import dev.vedette.data.Split;
import dev.vedette.data.Table;
import dev.vedette.ensemble.Ensemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well {@code auto} chooses: for each public set it chooses by what was seen on the others, and
 * is measured beside the best detector for the set, which nobody knows beforehand. Writes the
 * evidence the library is shipped with, too.
 */
public final class AutoRegret {
  private static final String FOREST = "iforest trees=100 sample=256";

  private final Evidence evidence;
  private final int seeds;
  private final int most;

  private AutoRegret(Evidence evidence, int seeds, int most) {
    this.evidence = evidence;
    this.seeds = seeds;
    this.most = most;
  }

  /**
   * {@code data=FOLDER [evidence=FILE] [kdd=FOLDER] [sets=NAME,...] [seeds=3] [rows=100000]
   * [resource=FILE] [out=FILE]}.
   */
  public static void main(String[] args) throws IOException {
    var options =
        Arguments.of(
            args, List.of("data", "evidence", "kdd", "sets", "seeds", "rows", "resource", "out"));
    Path data = Path.of(options.required("data"));
    Evidence evidence = read(Path.of(options.text("evidence", "bench/results/evidence.csv")));
    if (options.values().containsKey("resource")) {
      Files.write(Path.of(options.required("resource")), evidence.write());
    }
    var regret =
        new AutoRegret(evidence, options.number("seeds", 3), options.number("rows", 100_000));
    var report = new Report("How well auto chooses", "bench/run auto " + String.join(" ", args));
    List<Path> files = Accuracy.sets(data, options.text("sets", ""));
    for (Regime regime : List.of(Regime.CONTAMINATED, Regime.CLEAN)) {
      regret.sets(files, regime, report);
    }
    Path kdd = Path.of(options.text("kdd", data.resolveSibling("kdd").toString()));
    if (Files.isDirectory(kdd)) {
      regret.kdd(kdd, report);
    }
    report.write(options.text("out", ""));
  }

  /** The candidates that were measured on every set. */
  private static Evidence read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    var areas = new TreeMap<String, Map<String, Double>>();
    var sets = new TreeMap<String, Integer>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      sets.merge(cells[0], 1, Integer::sum);
      areas
          .computeIfAbsent(cells[3] + "," + cells[4], key -> new TreeMap<>())
          .put(cells[0], Double.valueOf(cells[6]));
    }
    var found = new ArrayList<Evidence.Line>();
    areas.forEach(
        (key, bySet) -> {
          if (bySet.size() == sets.size()) {
            String[] names = key.split(",", 2);
            var regime = Regime.valueOf(names[0].toUpperCase(Locale.ROOT));
            found.add(new Evidence.Line(regime, names[1], List.copyOf(bySet.values())));
          }
        });
    return new Evidence(List.copyOf(sets.keySet()), found);
  }

  /** What was chosen for a set, and how well it did. */
  private record Measured(Quality quality, String members) {}

  private void sets(List<Path> files, Regime regime, Report report) {
    var rows = new ArrayList<List<String>>();
    var chosen = new TreeMap<String, Integer>();
    double[] sums = new double[5];
    for (Path file : files) {
      String set = Accuracy.name(file);
      Measured auto = measure(file, regime, regime, seeds);
      Regime wrong = regime == Regime.CLEAN ? Regime.CONTAMINATED : Regime.CLEAN;
      double misled = measure(file, regime, wrong, 1).quality.auc();
      List<Evidence.Line> singles = evidence.ranking(regime);
      Evidence.Line best =
          singles.stream().max(Comparator.comparingDouble(l -> area(l, set))).orElseThrow();
      double forest =
          singles.stream()
              .filter(line -> line.detector().equals(FOREST))
              .mapToDouble(line -> area(line, set))
              .findFirst()
              .orElse(Double.NaN);
      double[] values = {
        auto.quality.auc(), area(best, set), area(best, set) - auto.quality.auc(), forest, misled
      };
      Arrays.setAll(sums, i -> sums[i] + values[i] / files.size());
      System.err.printf(Locale.ROOT, "%s %s %s%n", regime, set, Arrays.toString(values));
      rows.add(row(set, values, best.detector()));
      chosen.merge(auto.members, 1, Integer::sum);
    }
    rows.add(row("**mean**", sums, ""));
    report
        .section(
            regime == Regime.CLEAN
                ? "Clean: fitted on a random half of the normal rows, all others scored"
                : "Contaminated: fitted on all rows, which are scored as training rows")
        .table(
            List.of(
                "ROC AUC, %",
                "auto", "best single", "regret", "iforest", "auto, told otherwise", "the best"),
            rows)
        .line("");
    chosen.forEach(
        (members, times) -> report.line("- chosen for %d sets: `%s`".formatted(times, members)));
  }

  private double area(Evidence.Line line, String set) {
    return line.areas().get(evidence.sets().indexOf(set));
  }

  private static List<String> row(String name, double[] values, String best) {
    var cells = new ArrayList<>(List.of(name));
    Arrays.stream(values).forEach(value -> cells.add(fixed(value, 2)));
    cells.add(best);
    return cells;
  }

  /** Chosen by the other sets, fitted and scored, once for each of the seeds 1, 2, ... */
  private Measured measure(Path file, Regime regime, Regime told, int seeds) {
    Table whole = Csv.read(file, "label");
    double share = (double) most / whole.rows();
    Table table = share >= 1 ? whole : Split.random(whole, share, 1).train();
    Evidence others = evidence.without(Accuracy.name(file));
    var parts = new ArrayList<Quality>();
    String members = "";
    for (long seed = 1; seed <= seeds; seed++) {
      boolean clean = regime == Regime.CLEAN;
      dev.vedette.bench.Evidence.Halves halves = dev.vedette.bench.Evidence.halves(table, seed);
      Table train = clean ? halves.train() : table;
      Table test = clean ? halves.test() : table;
      TableModel model = fit(train, new Auto(told, seed), others);
      double[] scores = clean ? model.score(test) : model.scoreTraining(train);
      parts.add(Quality.of(scores, test.labels().orElseThrow(), 0));
      members = ((Ensemble.Fitted) model.rows()).detector().members();
    }
    return new Measured(Quality.mean(parts), members);
  }

  private static TableModel fit(Table table, Auto auto, Evidence evidence) {
    var encoder = new Encoder();
    Encoding encoding = encoder.fit(table, false);
    Matrix rows = encoding.encode(table);
    return new TableModel(new TableDetector(encoder, auto), encoding, auto.fit(rows, evidence));
  }

  private void kdd(Path folder, Report report) {
    Table train = Csv.read(folder.resolve("train_normal.csv.gz"), "label");
    Table test = Csv.read(folder.resolve("test.csv.gz"), "label");
    var parts = new ArrayList<Quality>();
    String note = "";
    for (long seed = 1; seed <= seeds; seed++) {
      TableModel model = fit(train, new Auto(Regime.CLEAN, seed), evidence);
      parts.add(Quality.of(model.score(test), test.labels().orElseThrow(), 0));
      note = model.rows().note();
    }
    Quality quality = Quality.mean(parts);
    report
        .section("KDD'99, which is not among the evidence: trained on normal rows")
        .line(
            "ROC AUC %s, average precision %s: %s."
                .formatted(fixed(quality.auc(), 2), fixed(quality.precision(), 2), note));
  }
}
