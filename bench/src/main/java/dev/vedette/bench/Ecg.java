package dev.vedette.bench;

import dev.vedette.RowDetector;
import dev.vedette.data.Csv;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;
import dev.vedette.evaluate.Evaluate;
import dev.vedette.math.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Heartbeats: trained on normal ones, every detector ranks normal and abnormal ones it has not
 * seen. From a generated ECG ({@link Heart}), and from a file of real beats where one is given.
 */
public final class Ecg {
  private static final String DETECTORS =
      "sequence-autoencoder;autoencoder;pca;pca measure=residual;knn;bagged-neighbor;iforest;lof;one-class-svm nu=0.01";

  /** Beats to learn from, and others with the kind of each, empty for a normal one. */
  record Beats(Matrix training, Matrix tested, List<String> kinds) {
    boolean[] labels(String kind, int[] among) {
      boolean[] labels = new boolean[among.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = kinds.get(among[i]).equals(kind);
      }
      return labels;
    }
  }

  private Ecg() {}

  /** {@code [file=FILE] [detectors=TEXT;...] [seeds=5] [out=FILE]}. */
  public static void main(String[] args) throws IOException {
    var options = Arguments.of(args, List.of("file", "detectors", "seeds", "out"));
    int seeds = options.number("seeds", 5);
    List<Contender> contenders = Contender.parseAll(options.text("detectors", DETECTORS), seeds);
    var report = new Report("Heartbeats", "bench/run ecg " + String.join(" ", args));
    report
        .section("Generated")
        .line(
            "Windows of %s samples around the R wave of a generated ECG at %s Hz: %s normal beats to learn from, %s others,"
                .formatted(Heart.WINDOW, Heart.HERTZ, Heart.TRAINING, Heart.TESTED))
        .line(
            "one in four abnormal. ROC AUC, all and by kind of beat; medians over %s ECGs, least and most in brackets."
                .formatted(seeds))
        .line("");
    table(report, contenders, seed -> Heart.beats(seed), seeds);
    String file = options.text("file", "");
    if (!file.isEmpty()) {
      Table real = Csv.read(Path.of(file), "label");
      report
          .section(Path.of(file).getFileName().toString())
          .line(
              "%,d beats of %s samples; a random half of the normal ones to learn from, drawn anew with each seed."
                  .formatted(real.rows(), real.columns().size()))
          .line("");
      table(report, contenders, seed -> real(real, seed), seeds);
    }
    report.write(options.text("out", ""));
  }

  private interface Source {
    Beats of(long seed);
  }

  private static void table(Report report, List<Contender> contenders, Source source, int seeds) {
    List<String> kinds =
        source.of(1).kinds().stream().filter(k -> !k.isEmpty()).distinct().toList();
    var rows = new ArrayList<List<String>>();
    for (Contender contender : contenders) {
      var areas = new LinkedHashMap<String, List<Double>>();
      long start = System.nanoTime();
      for (int seed = 1; seed <= seeds; seed++) {
        Beats beats = source.of(seed);
        RowDetector detector =
            contender.seeded().get(Math.min(seed, contender.seeded().size()) - 1);
        double[] scores = detector.fit(beats.training()).score(beats.tested());
        areas(beats, scores)
            .forEach((kind, area) -> areas.computeIfAbsent(kind, k -> new ArrayList<>()).add(area));
      }
      var cells = new ArrayList<>(List.of(contender.name()));
      areas.values().forEach(list -> cells.add(Spread.of(list, area -> area).text(4)));
      cells.add(Report.fixed((System.nanoTime() - start) / 1e9 / seeds, 2));
      rows.add(cells);
      System.err.printf(Locale.ROOT, "%s%n", String.join("  ", cells));
    }
    var header = new ArrayList<>(List.of("detector", "all"));
    header.addAll(kinds.size() > 1 ? kinds : List.of());
    header.add("seconds");
    report.table(header, rows);
  }

  /** Of all beats, and of the normal ones and those of each kind where there are several. */
  private static Map<String, Double> areas(Beats beats, double[] scores) {
    var areas = new LinkedHashMap<String, Double>();
    boolean[] abnormal = new boolean[scores.length];
    for (int i = 0; i < abnormal.length; i++) {
      abnormal[i] = !beats.kinds().get(i).isEmpty();
    }
    areas.put("", Evaluate.rocAuc(scores, abnormal));
    List<String> kinds = beats.kinds().stream().filter(k -> !k.isEmpty()).distinct().toList();
    for (String kind : kinds.size() > 1 ? kinds : List.<String>of()) {
      int[] among =
          IntStream.range(0, scores.length)
              .filter(i -> beats.kinds().get(i).isEmpty() || beats.kinds().get(i).equals(kind))
              .toArray();
      double[] some = new double[among.length];
      for (int i = 0; i < some.length; i++) {
        some[i] = scores[among[i]];
      }
      areas.put(kind, Evaluate.rocAuc(some, beats.labels(kind, among)));
    }
    return areas;
  }

  private static Beats real(Table table, long seed) {
    boolean[] labels = table.labels().orElseThrow();
    Matrix all = table.matrix();
    var random = Seeds.stream(seed, 0);
    var training = new ArrayList<Integer>();
    var tested = new ArrayList<Integer>();
    var kinds = new ArrayList<String>();
    for (int i = 0; i < labels.length; i++) {
      if (!labels[i] && random.nextBoolean()) {
        training.add(i);
      } else {
        tested.add(i);
        kinds.add(labels[i] ? "abnormal" : "");
      }
    }
    return new Beats(all.select(places(training)), all.select(places(tested)), kinds);
  }

  private static int[] places(List<Integer> places) {
    return places.stream().mapToInt(Integer::intValue).toArray();
  }
}
