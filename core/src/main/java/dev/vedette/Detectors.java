package dev.vedette;

import dev.vedette.auto.Auto;
import dev.vedette.data.Matrix;
import dev.vedette.data.Series;
import dev.vedette.ensemble.Ensemble;
import dev.vedette.labelled.BoostedTrees;
import dev.vedette.labelled.Stacking;
import dev.vedette.neural.Autoencoder;
import dev.vedette.neural.BiGan;
import dev.vedette.neural.DeepSvdd;
import dev.vedette.neural.SequenceAutoencoder;
import dev.vedette.neural.Vae;
import dev.vedette.online.HalfSpaceTrees;
import dev.vedette.online.RandomCutForest;
import dev.vedette.online.StreamingTails;
import dev.vedette.online.StreamingZScore;
import dev.vedette.row.BaggedNeighbor;
import dev.vedette.row.Copod;
import dev.vedette.row.Ecod;
import dev.vedette.row.ExtendedIsolationForest;
import dev.vedette.row.Gmm;
import dev.vedette.row.Hbos;
import dev.vedette.row.Inne;
import dev.vedette.row.Iqr;
import dev.vedette.row.IsolationForest;
import dev.vedette.row.KMeans;
import dev.vedette.row.Kde;
import dev.vedette.row.Knn;
import dev.vedette.row.Loda;
import dev.vedette.row.Lof;
import dev.vedette.row.Mahalanobis;
import dev.vedette.row.OneClassSvm;
import dev.vedette.row.Pca;
import dev.vedette.row.ZScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A catalogue of detectors by name: those fitted on a matrix, those that learn from labels too,
 * those that learn online from a stream, and those of series. {@link #standard()} holds Vedette's
 * own; {@link #and} adds yours, which can then be written as text, saved and loaded like the
 * others.
 */
@SuppressWarnings("overloads") // detectors are records, never lambdas
public final class Detectors {
  private static final Detectors STANDARD =
      StandardSeries.in(new Detectors(Map.of(), Map.of(), Map.of(), Map.of()))
          .and(
              "bagged-neighbor",
              new BaggedNeighbor(),
              "mean distance to the nearest row of many small samples",
              "row O(bags · sample · d)")
          .and(
              "iforest",
              new IsolationForest(),
              "how quickly random splits isolate a row",
              "row O(trees · log sample)")
          .and(
              "knn",
              new Knn(),
              "distance to the k nearest training rows",
              "row O(n · d), less with a tree")
          .and(
              "lof",
              new Lof(),
              "density around a row against the density around its neighbours",
              "row O(n · d), less with a tree")
          .and(
              "mahalanobis",
              new Mahalanobis(),
              "distance from the centre, given how the columns vary together",
              "row O(d²)")
          .and(
              "pca",
              new Pca(),
              "how far out a row is, main directions of variation by their variance",
              "row O(components · d)")
          .and(
              "zscore",
              new ZScore(),
              "standard deviations (or robust ones) from the usual value",
              "row O(d)")
          .and("iqr", new Iqr(), "quartile ranges outside the box of the box plot", "row O(d)")
          .and("ecod", new Ecod(), "how far out in the tails of each column", "row O(d · log n)")
          .and(
              "hbos",
              new Hbos(),
              "how rare each value is in the histogram of its column",
              "row O(d)")
          .and(
              "one-class-svm",
              new OneClassSvm(),
              "outside a smooth region that holds nearly all training rows",
              "row O(nu · n · d), less by features")
          .and(
              "autoencoder",
              new Autoencoder(),
              "what a small network that squeezes rows cannot rebuild",
              "row O(weights)")
          .and(
              "vae",
              new Vae(),
              "what cannot be rebuilt from a few hidden numbers",
              "row O(weights)")
          .and(
              "bigan",
              new BiGan(),
              "what a generator cannot rebuild and a discriminator doubts",
              "row O(members · weights)")
          .and(
              "deep-svdd",
              new DeepSvdd(),
              "distance from the point a network maps the rows to",
              "row O(weights)")
          .and(
              "sequence-autoencoder",
              new SequenceAutoencoder(),
              "what a memory that read a row as a sequence cannot write again",
              "row O(steps · units²)")
          .and(
              "gmm",
              new Gmm(),
              "how improbable a row is among a few clusters that vary in their own ways",
              "row O(components · d²)")
          .and(
              "kmeans",
              new KMeans(),
              "distance to the nearest centre of a large cluster",
              "row O(clusters · d)")
          .and(
              "kde",
              new Kde(),
              "how few training rows lie around a row, each spread out as a bell",
              "row O(points · d)")
          .and(
              "copod",
              new Copod(),
              "how far out in the tails of each column, in that of a skewed column above all",
              "row O(d · log n)")
          .and(
              "extended-iforest",
              new ExtendedIsolationForest(),
              "how quickly random sloping cuts isolate a row",
              "row O(trees · log sample · extension)")
          .and(
              "inne",
              new Inne(),
              "how isolated the spheres of many small samples are that hold a row",
              "row O(bags · sample · d)")
          .and(
              "loda",
              new Loda(),
              "how rare a row is in the histograms of random projections",
              "row O(projections · √d)")
          .and(
              "ensemble",
              new Ensemble(),
              "how rare a row is to several detectors on average",
              "row O(what its members take)")
          .and(
              "auto",
              new Auto(),
              "chooses by the table, from how detectors did on public sets",
              "row O(what the chosen take)")
          .and(
              "stacking",
              new Stacking(),
              "learns from labels how much to believe each of several detectors",
              "row O(what its members take)")
          .and(
              "boosted-trees",
              new BoostedTrees(),
              "learns from labels what sets anomalies apart, by columns and detectors",
              "row O(what its members take + trees · log leaves)")
          .and(
              "half-space-trees",
              new HalfSpaceTrees(),
              "how few recent rows share the row's cell of random halvings",
              "row O(trees · depth)")
          .and(
              "random-cut-forest",
              new RandomCutForest(),
              "how many sampled rows a random cut tells apart from the row",
              "row O(trees · d · log sample)")
          .and(
              "streaming-zscore",
              new StreamingZScore(),
              "spreads from the running mean of each column",
              "row O(d)")
          .and(
              "streaming-tails",
              new StreamingTails(),
              "how improbable the tail is in which each value lies, beyond all seen too",
              "row O(d)");

  /**
   * One line of the catalogue.
   *
   * @param defaults the detector with its default options
   * @param summary what the score measures, in a few words
   * @param cost of scoring one row of d columns against a model of n rows
   */
  public record Entry(String name, RowDetector defaults, String summary, String cost) {
    /** The class of the models this detector fits: the return type of its {@code fit}. */
    Class<? extends RowModel> model() {
      Class<?>[] learnsFrom =
          defaults instanceof LabelledDetector
              ? new Class<?>[] {Matrix.class, boolean[].class}
              : new Class<?>[] {Matrix.class};
      return returned(defaults.getClass(), "fit", learnsFrom).asSubclass(RowModel.class);
    }
  }

  /**
   * One line of the catalogue, for a detector that learns online.
   *
   * @param defaults the detector with its default options
   * @param summary what the score measures, in a few words
   * @param cost of scoring and learning one row of d columns
   */
  public record OnlineEntry(String name, OnlineDetector defaults, String summary, String cost) {
    /** The record of what it learned: the return type of the {@code snapshot} of what starts. */
    Class<? extends OnlineState> state() {
      Class<?> online = returned(defaults.getClass(), "start", int.class);
      return returned(online, "snapshot").asSubclass(OnlineState.class);
    }
  }

  /**
   * One line of the catalogue, for a detector of series.
   *
   * @param defaults the detector with its default options
   * @param summary what the score measures, in a few words
   * @param cost of reading a series of n points
   */
  public record SeriesEntry(String name, SeriesDetector defaults, String summary, String cost) {
    /** Whether this detector also learns point by point. */
    public boolean streams() {
      return defaults instanceof StreamingDetector;
    }

    /** Whether its models also say how a series goes on. */
    public boolean forecasts() {
      return Forecaster.class.isAssignableFrom(model());
    }

    /** The class of the models this detector fits: the return type of its {@code fit}. */
    Class<? extends SeriesModel> model() {
      return returned(defaults.getClass(), "fit", Series.class).asSubclass(SeriesModel.class);
    }

    /** The record of what a stream learned: the return type of the {@code snapshot} of it. */
    Class<? extends SeriesState> state() {
      Class<?> stream = returned(defaults.getClass(), "start", int.class);
      return returned(stream, "snapshot").asSubclass(SeriesState.class);
    }
  }

  private static Class<?> returned(Class<?> type, String method, Class<?>... inputs) {
    try {
      return type.getMethod(method, inputs).getReturnType();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private final Map<String, Entry> entries;
  private final Map<String, Entry> labelledEntries;
  private final Map<String, OnlineEntry> onlineEntries;
  private final Map<String, SeriesEntry> seriesEntries;

  private Detectors(
      Map<String, Entry> entries,
      Map<String, Entry> labelledEntries,
      Map<String, OnlineEntry> onlineEntries,
      Map<String, SeriesEntry> seriesEntries) {
    this.entries = entries;
    this.labelledEntries = labelledEntries;
    this.onlineEntries = onlineEntries;
    this.seriesEntries = seriesEntries;
  }

  /** Vedette's own detectors; the first is the default. */
  public static Detectors standard() {
    return STANDARD;
  }

  /**
   * This catalogue and one more detector, a record whose {@code fit} declares the record class of
   * its models. A {@link LabelledDetector} is listed apart.
   */
  public Detectors and(String name, RowDetector defaults, String summary, String cost) {
    requireNew(name, defaults);
    boolean labelled = defaults instanceof LabelledDetector;
    var more = new LinkedHashMap<>(labelled ? labelledEntries : entries);
    more.put(name, new Entry(name, defaults, summary, cost));
    return labelled
        ? new Detectors(entries, more, onlineEntries, seriesEntries)
        : new Detectors(more, labelledEntries, onlineEntries, seriesEntries);
  }

  /**
   * This catalogue and one more online detector, a record whose {@code start} declares the class it
   * returns, and that class the record of its {@code snapshot}.
   */
  public Detectors and(String name, OnlineDetector defaults, String summary, String cost) {
    requireNew(name, defaults);
    var more = new LinkedHashMap<>(onlineEntries);
    more.put(name, new OnlineEntry(name, defaults, summary, cost));
    return new Detectors(entries, labelledEntries, more, seriesEntries);
  }

  /**
   * This catalogue and one more detector of series, a record whose {@code fit} declares the record
   * class of its models, and, where it streams, {@code start} the class it returns.
   */
  public Detectors and(String name, SeriesDetector defaults, String summary, String cost) {
    requireNew(name, defaults);
    var more = new LinkedHashMap<>(seriesEntries);
    more.put(name, new SeriesEntry(name, defaults, summary, cost));
    return new Detectors(entries, labelledEntries, onlineEntries, more);
  }

  private void requireNew(String name, Object defaults) {
    Require.that(defaults instanceof Record, "a catalogued detector is a record of its options");
    Require.that(
        name.matches("[a-z][a-z0-9-]*"),
        "a detector's name is of lower case letters, digits and hyphens, not '" + name + "'");
    Require.that(
        named(name).isEmpty()
            && !onlineEntries.containsKey(name)
            && !seriesEntries.containsKey(name),
        "there is already a detector [" + name + "]");
  }

  /** The detectors that are fitted on a matrix, without labels. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The detectors that are fitted on a matrix and labels: each a {@link LabelledDetector}. */
  public List<Entry> labelledEntries() {
    return List.copyOf(labelledEntries.values());
  }

  /** The line of the catalogue for a detector fitted on a matrix, with labels or without. */
  Optional<Entry> named(String name) {
    return Optional.ofNullable(entries.getOrDefault(name, labelledEntries.get(name)));
  }

  /** The same for all of them. */
  private List<Entry> fitted() {
    return Stream.concat(entries.values().stream(), labelledEntries.values().stream()).toList();
  }

  /** The detectors that learn online, row by row. */
  public List<OnlineEntry> onlineEntries() {
    return List.copyOf(onlineEntries.values());
  }

  /** The detectors of series. */
  public List<SeriesEntry> seriesEntries() {
    return List.copyOf(seriesEntries.values());
  }

  /** The detector to use when nothing is known about the data. */
  public RowDetector first() {
    return entries().getFirst().defaults();
  }

  /**
   * Reads a detector and its options, such as {@code iforest trees=200 seed=7}.
   *
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  public RowDetector parse(String text) {
    String name = name(text);
    Require.that(
        !seriesEntries.containsKey(name),
        "%s is a detector of series, not of rows; fitted on a table are %s"
            .formatted(name, fitted().stream().map(Entry::name).toList()));
    Require.that(
        !onlineEntries.containsKey(name),
        "%s is an online detector, for streams; fitted on a table are %s"
            .formatted(name, fitted().stream().map(Entry::name).toList()));
    var defaults = new LinkedHashMap<String, RowDetector>();
    fitted().forEach(entry -> defaults.put(entry.name(), entry.defaults()));
    return OptionText.parse("detector", defaults, text);
  }

  /**
   * Reads an online detector and its options, such as {@code half-space-trees window=1000}.
   *
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  public OnlineDetector parseOnline(String text) {
    String name = name(text);
    Require.that(
        named(name).isEmpty(),
        "%s is fitted on a table and does not learn online; online are %s"
            .formatted(name, List.copyOf(onlineEntries.keySet())));
    var defaults = new LinkedHashMap<String, OnlineDetector>();
    onlineEntries.forEach((known, entry) -> defaults.put(known, entry.defaults()));
    return OptionText.parse("online detector", defaults, text);
  }

  /**
   * Reads a detector of series and its options, such as {@code seasonal-esd alpha=0.01}.
   *
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  public SeriesDetector parseSeries(String text) {
    String name = name(text);
    Require.that(
        named(name).isEmpty() && !onlineEntries.containsKey(name),
        "%s is a detector of rows, not of series; of series there are %s"
            .formatted(name, List.copyOf(seriesEntries.keySet())));
    var defaults = new LinkedHashMap<String, SeriesDetector>();
    seriesEntries.forEach((known, entry) -> defaults.put(known, entry.defaults()));
    return OptionText.parse("detector of series", defaults, text);
  }

  private static String name(String text) {
    return text.strip().split("[\\s=]", 2)[0];
  }

  /** The text of {@code detector} with all its options; {@link #parse} reads it back. */
  public String text(RowDetector detector) {
    return OptionText.format(entry(detector).name(), detector);
  }

  /** As {@link #text(RowDetector)}; {@link #parseOnline} reads it back. */
  public String text(OnlineDetector detector) {
    return OptionText.format(entry(detector).name(), detector);
  }

  /** As {@link #text(RowDetector)}; {@link #parseSeries} reads it back. */
  public String text(SeriesDetector detector) {
    return OptionText.format(entry(detector).name(), detector);
  }

  /** The line of the catalogue for the class of {@code detector}. */
  public Entry entry(RowDetector detector) {
    return fitted().stream()
        .filter(entry -> entry.defaults().getClass() == detector.getClass())
        .findFirst()
        .orElseThrow(() -> missing(detector));
  }

  /** The line of the catalogue for the class of {@code detector}. */
  public OnlineEntry entry(OnlineDetector detector) {
    return onlineEntries.values().stream()
        .filter(entry -> entry.defaults().getClass() == detector.getClass())
        .findFirst()
        .orElseThrow(() -> missing(detector));
  }

  /** The line of the catalogue for the class of {@code detector}. */
  public SeriesEntry entry(SeriesDetector detector) {
    return seriesEntries.values().stream()
        .filter(entry -> entry.defaults().getClass() == detector.getClass())
        .findFirst()
        .orElseThrow(() -> missing(detector));
  }

  /** The line of the catalogue whose states are of the class of {@code state}. */
  OnlineEntry entry(OnlineState state) {
    return onlineEntries.values().stream()
        .filter(entry -> entry.state() == state.getClass())
        .findFirst()
        .orElseThrow(() -> missing(state));
  }

  private static IllegalArgumentException missing(Object stranger) {
    return new IllegalArgumentException(
        stranger.getClass().getSimpleName()
            + " is not in the catalogue; add it with Detectors.standard().and(...)");
  }
}
