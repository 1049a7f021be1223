package dev.vedette.bench;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.RowDetector;
import dev.vedette.TableDetector;
import dev.vedette.TableModel;
import dev.vedette.data.Csv;
import dev.vedette.data.Table;
import dev.vedette.evaluate.Confusion;
import dev.vedette.evaluate.Evaluate;
import dev.vedette.threshold.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every detector on KDD'99 connections, as the reference experiment has it: trained on normal rows,
 * tested on others, over several seeds. Thresholds are those of the best accuracy on the test rows,
 * as there, which flatters every model alike.
 */
public final class Kdd {
  /** Beside the defaults of the catalogue: options for training rows known to be clean. */
  private static final List<String> CLEAN =
      List.of(
          "one-class-svm nu=0.01",
          "one-class-svm nu=0.01 form=exact",
          "extended-iforest extension=100",
          "gmm keep=1");

  /** The models of the reference experiment and the least area under the curve asked of them. */
  private static final Map<String, Double> ASKED =
      Map.of(
          "autoencoder", 0.956,
          "vae", 0.947,
          "bigan", 0.947,
          "sequence-autoencoder", 0.90,
          "one-class-svm", 0.958,
          "pca", 0.965);

  /** One fit and scoring; {@code seed} is the number of the run. */
  private record Run(
      int seed, double auc, double precision, double f1, double accuracy, double fit, double row) {
    String line(String detector) {
      return String.format(
          Locale.ROOT,
          "%s,%d,%.5f,%.5f,%.5f,%.5f,%.3f,%.3f",
          detector,
          seed,
          auc,
          precision,
          f1,
          accuracy,
          fit,
          row);
    }
  }

  private record Measured(String detector, List<Run> runs) {
    Spread auc() {
      return Spread.of(runs, Run::auc);
    }
  }

  private final Table train;
  private final Table test;

  private Kdd(Path folder) {
    train = Csv.read(folder.resolve("train_normal.csv.gz"), "label");
    test = Csv.read(folder.resolve("test.csv.gz"), "label");
  }

  /** {@code data=FOLDER [detectors=TEXT;...] [seeds=5] [out=FILE]}; a CSV is written beside it. */
  public static void main(String[] args) throws IOException {
    var options = Arguments.of(args, List.of("data", "detectors", "seeds", "out"));
    int seeds = options.number("seeds", 5);
    var kdd = new Kdd(Path.of(options.required("data")));
    String wanted = options.text("detectors", "");
    var contenders = new ArrayList<>(Contender.parseAll(wanted, seeds));
    if (wanted.isEmpty()) {
      CLEAN.forEach(text -> contenders.add(Contender.parse(text, seeds)));
    }
    var measured = new ArrayList<Measured>();
    for (Contender contender : contenders) {
      measured.add(kdd.measure(contender));
    }
    String out = options.text("out", "");
    kdd.report(measured, String.join(" ", args)).write(out);
    if (!out.isEmpty()) {
      Files.write(Path.of(out.replaceFirst("\\.md$", "") + ".csv"), lines(measured));
    }
  }

  private Measured measure(Contender contender) {
    var runs = new ArrayList<Run>();
    for (RowDetector detector : contender.seeded()) {
      runs.add(run(runs.size() + 1, new TableDetector(detector)));
    }
    var measured = new Measured(contender.name(), runs);
    System.err.printf(Locale.ROOT, "%-32s %s%n", contender.name(), measured.auc().text(4));
    return measured;
  }

  private Run run(int seed, TableDetector detector) {
    boolean[] labels = test.labels().orElseThrow();
    long start = System.nanoTime();
    TableModel model = detector.fit(train);
    long fitted = System.nanoTime();
    double[] scores = model.score(test);
    double row = (System.nanoTime() - fitted) / 1e3 / labels.length;
    var confusion = Confusion.of(scores, labels, Threshold.bestAccuracy(scores, labels));
    return new Run(
        seed,
        Evaluate.rocAuc(scores, labels),
        Evaluate.averagePrecision(scores, labels),
        confusion.f1(),
        confusion.accuracy(),
        (fitted - start) / 1e9,
        row);
  }

  private static List<String> lines(List<Measured> measured) {
    return Stream.concat(
            Stream.of("detector,seed,auc,average_precision,f1,accuracy,fit_seconds,row_micros"),
            measured.stream().flatMap(m -> m.runs.stream().map(run -> run.line(m.detector))))
        .toList();
  }

  private Report report(List<Measured> measured, String arguments) {
    var report = new Report("KDD'99 connections", "bench/run kdd " + arguments);
    report.line("");
    report.line(
        "Trained on %,d normal rows, tested on %,d; medians over the seeds, least and most in brackets."
            .formatted(train.rows(), test.rows()));
    report.line(
        "F1 and accuracy at the threshold of the best accuracy on the test rows. Wall seconds of a fit, microseconds of a row in a batch, on a shared machine.");
    report.line("");
    var rows =
        measured.stream()
            .sorted(Comparator.comparingDouble(m -> -m.auc().median()))
            .map(Kdd::cells)
            .toList();
    return report.table(
        List.of(
            "detector",
            "ROC AUC",
            "asked",
            "average precision",
            "F1",
            "accuracy",
            "fit s",
            "µs/row"),
        rows);
  }

  private static List<String> cells(Measured m) {
    Double asked = ASKED.get(m.detector);
    return List.of(
        m.detector,
        m.auc().text(4),
        asked == null ? "" : "≥ " + asked,
        Spread.of(m.runs, Run::precision).text(4),
        Spread.of(m.runs, Run::f1).text(4),
        Spread.of(m.runs, Run::accuracy).text(4),
        fixed(Spread.of(m.runs, Run::fit).median(), 2),
        fixed(Spread.of(m.runs, Run::row).median(), 2));
  }
}
