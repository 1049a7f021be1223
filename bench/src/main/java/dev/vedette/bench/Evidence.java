package dev.vedette.bench;

import static dev.vedette.bench.Report.fixed;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.RowDetector;
import dev.vedette.TableDetector;
import dev.vedette.data.Csv;
import dev.vedette.data.Split;
import dev.vedette.data.Table;
import dev.vedette.math.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well every detector, with several options, ranks the anomalies of every labelled set, as one
 * CSV file: what a choice of detectors can be based on.
 *
 * <p>Two regimes. Contaminated: fitted on all rows without their labels, which are then scored as
 * training rows. Clean: fitted on a random half of the normal rows, all others are scored. A set of
 * more than {@code rows} rows is sampled first. A line is written as soon as it is known; what the
 * file has is not measured again.
 */
public final class Evidence {
  private static final String CLEAN = "clean";
  private static final String CONTAMINATED = "contaminated";
  private static final String HEADER = "set,rows,columns,regime,detector,seeds,auc,ap";

  /** Beside the defaults of the whole catalogue. */
  private static final List<String> OPTIONS =
      List.of(
          "bagged-neighbor sample=4",
          "bagged-neighbor sample=64",
          "bagged-neighbor sample=256",
          "bagged-neighbor bags=20 sample=1024",
          "iforest sample=64",
          "iforest sample=1024",
          "extended-iforest extension=1",
          "extended-iforest extension=100",
          "extended-iforest sample=64",
          "inne sample=2",
          "inne sample=32",
          "inne bags=100 sample=128",
          "loda projections=300",
          "loda bins=10",
          "knn k=1",
          "knn k=5 distance=mean",
          "knn k=20",
          "knn k=100",
          "lof k=50",
          "lof k=100",
          "mahalanobis keep=0.5",
          "mahalanobis keep=1",
          "pca components=0.5",
          "pca components=0.5 measure=residual",
          "pca measure=residual",
          "pca components=0.99 measure=residual",
          "zscore robust=true",
          "zscore combine=max",
          "zscore robust=true combine=max",
          "iqr combine=mean",
          "hbos bins=10",
          "gmm components=1",
          "gmm components=1 keep=1",
          "gmm keep=1",
          "kmeans measure=nearest",
          "one-class-svm nu=0.01");

  /** Evidence is what auto chooses by, and it makes an ensemble of what it chooses. */
  private static final Set<String> NOT_SINGLE = Set.of("auto", "ensemble");

  private final Path out;
  private final int seeds;
  private final int most;

  /** By set, regime and detector; the values are whole lines. */
  private final TreeMap<List<String>, String> lines =
      new TreeMap<>(Comparator.comparing((List<String> key) -> String.join(",", key)));

  private Evidence(Path out, int seeds, int most) throws IOException {
    this.out = out;
    this.seeds = seeds;
    this.most = most;
    if (Files.exists(out)) {
      List<String> known = Files.readAllLines(out);
      if (!known.getFirst().equals(HEADER)) {
        throw new IllegalArgumentException(
            out
                + " starts with '"
                + known.getFirst()
                + "', not with '"
                + HEADER
                + "'; choose another file");
      }
      known.subList(1, known.size()).forEach(line -> lines.put(key(line), line));
    }
  }

  /**
   * {@code data=FOLDER [out=FILE] [sets=NAME,...] [detectors=TEXT;...] [seeds=3] [rows=100000]}.
   */
  public static void main(String[] args) throws IOException {
    var options = Arguments.of(args, List.of("data", "out", "sets", "detectors", "seeds", "rows"));
    Path data = Path.of(options.required("data"));
    var evidence =
        new Evidence(
            Path.of(options.text("out", "bench/results/evidence.csv")),
            options.number("seeds", 3),
            options.number("rows", 100_000));
    Set<String> detectors = detectors(options.text("detectors", ""));
    for (Path file : Accuracy.sets(data, options.text("sets", ""))) {
      evidence.measure(file, detectors);
    }
    evidence.means();
  }

  /** In full, without the seed, so that the lines stay true when a default changes. */
  private static Set<String> detectors(String wanted) {
    Detectors catalogue = Detectors.standard();
    Stream<String> texts =
        wanted.isEmpty()
            ? Stream.concat(
                catalogue.entries().stream()
                    .map(Detectors.Entry::name)
                    .filter(name -> !NOT_SINGLE.contains(name)),
                OPTIONS.stream())
            : Arrays.stream(wanted.split(";", -1));
    var full = new LinkedHashSet<String>();
    texts.forEach(
        text -> full.add(catalogue.text(catalogue.parse(text)).replaceFirst(" seed=\\S+", "")));
    return full;
  }

  private static List<String> key(String line) {
    String[] cells = line.split(",", -1);
    return List.of(cells[0], cells[3], cells[4]);
  }

  private void measure(Path file, Set<String> detectors) throws IOException {
    String set = Accuracy.name(file);
    Table whole = Csv.read(file, "label");
    double share = (double) most / whole.rows();
    Table table = share >= 1 ? whole : Split.random(whole, share, 1).train();
    for (String detector : detectors) {
      for (String regime : List.of(CLEAN, CONTAMINATED)) {
        if (!lines.containsKey(List.of(set, regime, detector))) {
          measure(set, table, regime, detector);
        }
      }
    }
  }

  private void measure(String set, Table table, String regime, String detector) throws IOException {
    Contender contender = Contender.parse(detector, seeds);
    var parts = new ArrayList<Quality>();
    int runs = regime.equals(CLEAN) ? seeds : contender.seeded().size();
    try {
      for (int run = 0; run < runs; run++) {
        RowDetector seeded = contender.seeded().get(Math.min(run, contender.seeded().size() - 1));
        var prepared = new TableDetector(seeded);
        parts.add(
            regime.equals(CLEAN)
                ? afterClean(prepared, table, run + 1)
                : Accuracy.onTraining(prepared, table));
      }
    } catch (DataException e) { // too few rows for these options, such as knn k=100
      System.err.printf("%s, %s, %s: %s%n", set, regime, detector, e.getMessage());
      return;
    }
    add(set, table, regime, detector, parts);
  }

  /** Half of the normal rows to train on, and all others. */
  record Halves(Table train, Table test) {}

  /** Half of the normal rows, drawn with {@code seed}, are for training; all others are scored. */
  static Halves halves(Table table, long seed) {
    boolean[] labels = table.labels().orElseThrow();
    var random = Seeds.stream(seed, 0);
    boolean[] train = new boolean[labels.length];
    for (int i = 0; i < train.length; i++) {
      train[i] = !labels[i] && random.nextBoolean();
    }
    int[] rows = IntStream.range(0, train.length).filter(i -> train[i]).toArray();
    int[] rest = IntStream.range(0, train.length).filter(i -> !train[i]).toArray();
    return new Halves(table.select(rows), table.select(rest));
  }

  private static Quality afterClean(TableDetector detector, Table table, long seed) {
    Halves halves = halves(table, seed);
    return Accuracy.onTest(detector, halves.train(), halves.test());
  }

  private void add(String set, Table table, String regime, String detector, List<Quality> parts)
      throws IOException {
    Quality mean = Quality.mean(parts);
    String line =
        String.join(
            ",",
            set,
            Integer.toString(table.rows()),
            Integer.toString(table.columns().size()),
            regime,
            detector,
            Integer.toString(parts.size()),
            fixed(mean.auc(), 3),
            fixed(mean.precision(), 3));
    System.err.printf(Locale.ROOT, "%s  %.2f s%n", line, mean.seconds());
    lines.put(List.of(set, regime, detector), line);
    Path draft = out.resolveSibling(out.getFileName() + ".draft");
    Files.write(draft, Stream.concat(Stream.of(HEADER), lines.values().stream()).toList());
    Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The means over the sets, for detectors that have a line for every set. */
  private void means() {
    long sets = lines.keySet().stream().map(List::getFirst).distinct().count();
    var table = new TreeMap<String, double[]>();
    lines.forEach(
        (key, line) -> {
          String[] cells = line.split(",", -1);
          double[] sums = table.computeIfAbsent(key.get(2), detector -> new double[6]);
          int at = key.get(1).equals(CLEAN) ? 3 : 0;
          sums[at]++;
          sums[at + 1] += Double.parseDouble(cells[6]);
          sums[at + 2] += Double.parseDouble(cells[7]);
        });
    System.out.println("mean over " + sets + " sets: contaminated auc ap, clean auc ap");
    table.forEach(
        (detector, sums) -> {
          if (sums[0] == sets && sums[3] == sets) {
            System.out.printf(
                Locale.ROOT,
                "%-48s %6.2f %6.2f   %6.2f %6.2f%n",
                detector,
                sums[1] / sets,
                sums[2] / sets,
                sums[4] / sets,
                sums[5] / sets);
          }
        });
  }
}
