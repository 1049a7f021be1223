package dev.vedette.bench;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.RowDetector;
import dev.vedette.TableDetector;
import dev.vedette.data.Csv;
import dev.vedette.data.Split;
import dev.vedette.data.Table;
import dev.vedette.ensemble.Ensemble;
import dev.vedette.labelled.BoostedTrees;
import dev.vedette.labelled.Stacking;
import dev.vedette.math.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What labels are worth: detectors that learn from them beside those that do not, when a part of
 * the anomalies among the training rows is known and all other rows pass for normal. Learned from
 * 70 % of the rows, judged by the rest with all its labels.
 */
public final class Labels {
  private static final double TRAINING = 0.7;
  private static final double[] SHARES = {0.01, 0.05, 0.25, 1};

  /** The detectors that learn from labels need so many anomalies. */
  private static final int LEAST = 5;

  private final int seeds;
  private final int most;

  /** By detector and share, then by set; over the seeds. */
  private final Map<String, Map<String, List<Quality>>> measured = new LinkedHashMap<>();

  private final List<String> tooFew = new ArrayList<>();

  private Labels(int seeds, int most) {
    this.seeds = seeds;
    this.most = most;
  }

  /** {@code data=FOLDER [sets=NAME,...] [seeds=3] [rows=2000] [out=FILE]}. */
  public static void main(String[] args) throws IOException {
    var options = Arguments.of(args, List.of("data", "sets", "seeds", "rows", "out"));
    var labels = new Labels(options.number("seeds", 3), options.number("rows", 2000));
    var report = new Report("What labels are worth", "bench/run labels " + String.join(" ", args));
    for (Path file : Accuracy.sets(Path.of(options.required("data")), options.text("sets", ""))) {
      labels.measure(file);
      System.err.println(Accuracy.name(file));
    }
    labels.write(report);
    report.write(options.text("out", ""));
  }

  private void measure(Path file) {
    String set = Accuracy.name(file);
    Table whole = Csv.read(file, "label");
    double share = (double) most / whole.rows();
    Table table = share >= 1 ? whole : Split.random(whole, share, 1).train();
    if (TRAINING * count(table) < LEAST) {
      tooFew.add(set);
      return;
    }
    for (long seed = 1; seed <= seeds; seed++) {
      Split split = Split.random(table, TRAINING, seed);
      var stacking = new Stacking().seed(seed);
      for (String member : stacking.members().split("\\+", -1)) {
        add(member, set, new TableDetector(new Ensemble(member, seed)), split);
      }
      add("ensemble", set, new TableDetector(new Ensemble(stacking.members(), seed)), split);
      learn(set, split, stacking);
    }
  }

  /** Where a share means as many anomalies as the one before, nothing is measured again. */
  private void learn(String set, Split split, Stacking stacking) {
    var trees = new BoostedTrees().stacking(stacking);
    var detectors = new LinkedHashMap<String, RowDetector>();
    detectors.put("stacking", stacking);
    detectors.put("boosted-trees", trees);
    detectors.put("boosted-trees members=none", trees.stacking(stacking.members("none")));
    detectors.forEach(
        (name, detector) -> {
          int before = 0;
          Quality last = new Quality(0, 0, 0, 0);
          for (double share : SHARES) {
            Table train = known(split.train(), share, stacking.seed());
            if (count(train) != before) {
              last = Accuracy.onTest(new TableDetector(detector), train, split.test());
            }
            before = count(train);
            put(String.format(Locale.ROOT, "%s %.0f %%", name, 100 * share), set, last);
          }
        });
  }

  private void put(String what, String set, Quality quality) {
    measured
        .computeIfAbsent(what, key -> new LinkedHashMap<>())
        .computeIfAbsent(set, key -> new ArrayList<>())
        .add(quality);
  }

  private void add(String what, String set, TableDetector detector, Split split) {
    put(what, set, Accuracy.onTest(detector, split.train(), split.test()));
  }

  private static int count(Table table) {
    int count = 0;
    for (boolean label : table.labels().orElseThrow()) {
      count += label ? 1 : 0;
    }
    return count;
  }

  /** The same rows, of whose anomalies a random part is labelled. */
  private static Table known(Table table, double share, long seed) {
    boolean[] labels = table.labels().orElseThrow();
    int[] anomalies = IntStream.range(0, labels.length).filter(i -> labels[i]).toArray();
    int wanted = (int) Math.round(share * anomalies.length);
    int size = Math.min(anomalies.length, Math.max(LEAST, wanted));
    boolean[] known = new boolean[labels.length];
    for (int at : Seeds.sample(Seeds.stream(seed, 1), anomalies.length, size)) {
      known[anomalies[at]] = true;
    }
    return table.withLabels(known);
  }

  private void write(Report report) {
    var rows = new ArrayList<List<String>>();
    measured.forEach(
        (what, bySet) -> {
          Quality mean = Quality.mean(bySet.values().stream().map(Quality::mean).toList());
          rows.add(
              List.of(
                  what,
                  fixed(mean.auc(), 2),
                  fixed(mean.precision(), 2),
                  fixed(worst(bySet), 2),
                  fixed(mean.seconds(), 2)));
        });
    report
        .line("")
        .line("Sets of more than %d rows are sampled; %d seeds.".formatted(most, seeds))
        .line(
            "Known is that part of the anomalies among the training rows, at least " + LEAST + ";")
        .line("all other rows pass for normal. Left out, for too few anomalies: " + tooFew + ".")
        .line("`worst` is the lowest AUC less that of the ensemble without labels, over the sets.")
        .section("Means over the sets, %")
        .table(List.of("detector, labels known", "AUC", "AP", "worst", "fit seconds"), rows);
    sets(report);
  }

  private double worst(Map<String, List<Quality>> bySet) {
    return bySet.entrySet().stream()
        .mapToDouble(
            entry ->
                Quality.mean(entry.getValue()).auc() - mean(unlabelled(), entry.getKey()).auc())
        .min()
        .orElseThrow();
  }

  private static Quality mean(Map<String, List<Quality>> bySet, String set) {
    return Quality.mean(Objects.requireNonNull(bySet.get(set)));
  }

  private Map<String, List<Quality>> unlabelled() {
    return Objects.requireNonNull(measured.get("ensemble"));
  }

  private void sets(Report report) {
    var header = new ArrayList<>(List.of("AUC, %"));
    header.addAll(measured.keySet().stream().filter(Labels::isShown).toList());
    var rows = new ArrayList<List<String>>();
    for (String set : unlabelled().keySet()) {
      var row = new ArrayList<>(List.of(set));
      measured.forEach(
          (what, bySet) -> {
            if (isShown(what)) {
              row.add(fixed(mean(bySet, set).auc(), 2));
            }
          });
      rows.add(row);
    }
    report.section("By set").table(header, rows);
  }

  private static boolean isShown(String what) {
    return !what.contains("members=");
  }
}
