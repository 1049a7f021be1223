package dev.vedette.bench;

import static dev.vedette.bench.Report.fixed;
import static dev.vedette.bench.Report.signed;

import dev.vedette.RowDetector;
import dev.vedette.TableDetector;
import dev.vedette.data.Csv;
import dev.vedette.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How well the detectors rank known anomalies, over a folder of labelled {@code *.csv.gz} files,
 * and on KDD'99 after training on normal rows.
 *
 * <p>The sets are contaminated: each detector, behind the default encoder, is fitted on all rows
 * without their labels and scores the same rows as training rows.
 */
public final class Accuracy {
  private static final String PUBLISHED = "published_unsup_aucroc.csv";

  private final List<Contender> contenders;
  private final Map<String, Double> published;
  private final Map<String, Double> peer;

  private Accuracy(
      List<Contender> contenders, Map<String, Double> published, Map<String, Double> peer) {
    this.contenders = contenders;
    this.published = published;
    this.peer = peer;
  }

  /** {@code data=FOLDER [detectors=TEXT;...] [sets=NAME,...] [seeds=5] [peer=FILE] [out=FILE]}. */
  public static void main(String[] args) throws IOException {
    var options =
        Arguments.of(args, List.of("data", "kdd", "detectors", "sets", "seeds", "peer", "out"));
    Path data = Path.of(options.required("data"));
    if (!Files.isDirectory(data)) {
      throw new IllegalArgumentException(data + " is not a folder");
    }
    int seeds = options.number("seeds", 5);
    List<Contender> contenders = Contender.parseAll(options.text("detectors", ""), seeds);
    var accuracy =
        new Accuracy(
            contenders,
            Files.exists(data.resolve(PUBLISHED))
                ? column(data.resolve(PUBLISHED), "IForest")
                : Map.of(),
            options.values().containsKey("peer")
                ? column(Path.of(options.required("peer")), "auc")
                : Map.of());
    var report = new Report("Accuracy", "bench/run accuracy " + shown(args));
    accuracy.contaminated(sets(data, options.text("sets", "")), seeds, report);
    Path kdd = Path.of(options.text("kdd", data.resolveSibling("kdd").toString()));
    if (Files.isDirectory(kdd)) {
      accuracy.kdd(kdd, seeds, report);
    }
    report.write(options.text("out", ""));
  }

  private static String shown(String[] args) {
    return Stream.of(args)
        .map(arg -> arg.indexOf(' ') < 0 && arg.indexOf(';') < 0 ? arg : "'" + arg + "'")
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  static List<Path> sets(Path data, String wanted) throws IOException {
    List<String> names = wanted.isEmpty() ? List.of() : List.of(wanted.split(","));
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(file -> file.toString().endsWith(".csv.gz"))
          .filter(file -> names.isEmpty() || names.contains(name(file)))
          .sorted()
          .toList();
    }
  }

  static String name(Path file) {
    return file.getFileName().toString().replace(".csv.gz", "");
  }

  /** Reads {@code column} of a small plain CSV file by the names in its first column. */
  private static Map<String, Double> column(Path file, String column) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int at = List.of(lines.getFirst().split(",")).indexOf(column);
    var values = new LinkedHashMap<String, Double>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      values.put(cells[0].toLowerCase(Locale.ROOT), Double.valueOf(cells[at]));
    }
    return values;
  }

  private void contaminated(List<Path> files, int seeds, Report report) {
    var results = new LinkedHashMap<String, List<Quality>>();
    for (Path file : files) {
      Table table = Csv.read(file, "label");
      var row = new ArrayList<Quality>();
      for (Contender contender : contenders) {
        Quality quality = mean(contender, detector -> onTraining(detector, table));
        row.add(quality);
        System.err.printf(
            Locale.ROOT,
            "%-14s %-28s %6.2f %6.2f %8.2f s%n",
            name(file),
            contender.name(),
            quality.auc(),
            quality.precision(),
            quality.seconds());
      }
      results.put(name(file), row);
    }
    report
        .section("Contaminated sets")
        .line(
            "Fitted on all rows, scored as training rows. Detectors with a seed: mean of %d."
                .formatted(seeds))
        .line("");
    aucTable(results, report);
    forestTable(results, report);
    precisionTable(results, report);
    secondsTable(results, report);
  }

  private void aucTable(Map<String, List<Quality>> results, Report report) {
    var header = header("ROC AUC, %");
    if (!peer.isEmpty()) {
      header.add("scikit-learn forest");
    }
    var rows = new ArrayList<List<String>>();
    results.forEach(
        (set, qualities) -> {
          var cells = new ArrayList<>(List.of(set));
          qualities.forEach(quality -> cells.add(fixed(quality.auc(), 2)));
          if (!peer.isEmpty()) {
            cells.add(fixed(known(peer, set), 2));
          }
          rows.add(cells);
        });
    var mean = new ArrayList<>(List.of("**mean**"));
    means(results).forEach(quality -> mean.add(fixed(quality.auc(), 2)));
    if (!peer.isEmpty()) {
      mean.add(fixed(meanOf(peer, results), 2));
    }
    rows.add(mean);
    report.table(header, rows);
  }

  private void precisionTable(Map<String, List<Quality>> results, Report report) {
    report.section("Average precision");
    rows("average precision, %", results, report, Quality::precision);
  }

  private void secondsTable(Map<String, List<Quality>> results, Report report) {
    report
        .section("Wall time")
        .line("Encoding, fit and scoring once, on a shared machine.")
        .line("");
    rows("seconds", results, report, Quality::seconds);
  }

  private void rows(
      String what,
      Map<String, List<Quality>> results,
      Report report,
      ToDoubleFunction<Quality> value) {
    var rows = new ArrayList<List<String>>();
    results.forEach((set, qualities) -> rows.add(cells(set, qualities, value)));
    rows.add(cells("**mean**", means(results), value));
    report.table(header(what), rows);
  }

  private static List<String> cells(
      String first, List<Quality> qualities, ToDoubleFunction<Quality> value) {
    var cells = new ArrayList<>(List.of(first));
    qualities.forEach(quality -> cells.add(fixed(value.applyAsDouble(quality), 2)));
    return cells;
  }

  private List<String> header(String what) {
    var header = new ArrayList<>(List.of(what));
    contenders.forEach(contender -> header.add(contender.name()));
    return header;
  }

  /** Our forest beside the published forest and scikit-learn's. */
  private void forestTable(Map<String, List<Quality>> results, Report report) {
    int forest = contenders.stream().map(Contender::name).toList().indexOf("iforest");
    if (forest < 0) {
      return;
    }
    var rows = new ArrayList<List<String>>();
    results.forEach(
        (set, qualities) -> {
          Quality ours = qualities.get(forest);
          double paper = known(published, set);
          double other = known(peer, set);
          rows.add(
              List.of(
                  set,
                  fixed(ours.auc(), 2),
                  fixed(ours.deviation(), 2),
                  fixed(paper, 2),
                  signed(ours.auc() - paper, 2),
                  fixed(other, 2),
                  signed(ours.auc() - other, 2)));
        });
    double ours = means(results).get(forest).auc();
    double paper = meanOf(published, results);
    double other = meanOf(peer, results);
    rows.add(
        List.of(
            "**mean**",
            fixed(ours, 2),
            "",
            fixed(paper, 2),
            signed(ours - paper, 2),
            fixed(other, 2),
            signed(ours - other, 2)));
    report
        .section("The forest beside others")
        .line(
            "Published: column IForest of "
                + PUBLISHED
                + ", 5 seeds. Deviation: standard deviation")
        .line("over our seeds; a mean of n seeds is known to that over the root of n.")
        .line("")
        .table(
            List.of(
                "ROC AUC, %",
                "iforest", "deviation", "published", "difference", "scikit-learn", "difference"),
            rows);
  }

  private List<Quality> means(Map<String, List<Quality>> results) {
    var means = new ArrayList<Quality>();
    for (int c = 0; c < contenders.size(); c++) {
      int column = c;
      means.add(Quality.mean(results.values().stream().map(row -> row.get(column)).toList()));
    }
    return means;
  }

  private static double known(Map<String, Double> values, String set) {
    return values.getOrDefault(set.toLowerCase(Locale.ROOT), Double.NaN);
  }

  private static double meanOf(Map<String, Double> values, Map<String, List<Quality>> results) {
    return results.keySet().stream().mapToDouble(set -> known(values, set)).average().orElseThrow();
  }

  private interface Measured {
    Quality of(TableDetector detector);
  }

  private static Quality mean(Contender contender, Measured measured) {
    var parts = new ArrayList<Quality>();
    for (RowDetector detector : contender.seeded()) {
      parts.add(measured.of(new TableDetector(detector)));
    }
    return Quality.mean(parts);
  }

  static Quality onTraining(TableDetector detector, Table table) {
    long start = System.nanoTime();
    double[] scores = detector.fit(table).scoreTraining(table);
    double seconds = (System.nanoTime() - start) / 1e9;
    return Quality.of(scores, table.labels().orElseThrow(), seconds);
  }

  private void kdd(Path folder, int seeds, Report report) {
    Table train = Csv.read(folder.resolve("train_normal.csv.gz"), "label");
    Table test = Csv.read(folder.resolve("test.csv.gz"), "label");
    var chosen = new ArrayList<>(contenders);
    chosen.add(Contender.parse("pca components=2", seeds));
    var rows = new ArrayList<List<String>>();
    for (Contender contender : chosen) {
      Quality quality = mean(contender, detector -> onTest(detector, train, test));
      rows.add(
          List.of(
              contender.name(),
              fixed(quality.auc() / 100, 4),
              fixed(quality.precision() / 100, 4),
              fixed(quality.seconds(), 2)));
    }
    report
        .section("KDD'99: trained on normal rows, scored on the test rows")
        .line("%d rows to train on, %d to test.".formatted(train.rows(), test.rows()))
        .line("")
        .table(List.of("detector", "ROC AUC", "average precision", "seconds"), rows);
  }

  static Quality onTest(TableDetector detector, Table train, Table test) {
    long start = System.nanoTime();
    double[] scores = detector.fit(train).score(test);
    double seconds = (System.nanoTime() - start) / 1e9;
    return Quality.of(scores, test.labels().orElseThrow(), seconds);
  }
}
