package dev.vedette.pipeline;

import dev.vedette.Require;
import dev.vedette.StreamingDetector;
import dev.vedette.ensemble.Fuse;
import dev.vedette.pipeline.alert.AlertPolicy;
import dev.vedette.pipeline.feature.Features;
import dev.vedette.pipeline.feature.Wording;
import dev.vedette.threshold.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** What a pipeline file says: immutable. {@link #parse} reads it. */
public final class Pipeline {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private final String name;
  private final String yaml;
  private final EventSchema schema;
  private final Features features;
  private final List<Wording> wordings;
  private final Ensemble ensemble;
  private final Rule rule;
  private final Keeping keeping;
  private final Learning learning;
  private final AlertPolicy alerts;

  Pipeline(String yaml, PipelineFile file) {
    this.yaml = yaml;
    this.name = file.name();
    this.schema = file.schema();
    this.features = file.features();
    this.wordings = file.wordings();
    this.ensemble = file.ensemble();
    this.rule = file.rule();
    this.keeping = file.keeping();
    this.learning = file.learning();
    this.alerts = file.alerts();
    long needed = fixedBytes() + features.sharedBytes();
    Require.that(
        needed < keeping.memory(),
        "memory: %d MB are too few: %d MB are needed beside the keys; raise memory, or lower event.remembered or learning.reservoir"
            .formatted(keeping.memory() >> 20, (needed >> 20) + 1));
  }

  /**
   * Reads a pipeline file.
   *
   * @throws IllegalArgumentException naming the place in the file, the value and what to write
   */
  public static Pipeline parse(String yaml) {
    try {
      return new Pipeline(yaml, PipelineFile.read(yaml));
    } catch (IllegalArgumentException e) {
      throw inOneLine(e);
    }
  }

  /** What is wrong, without the control characters of names and texts of the file. */
  private static IllegalArgumentException inOneLine(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    String shown = CONTROL.matcher(message).replaceAll(" ");
    return shown.equals(message) ? e : new IllegalArgumentException(shown, e);
  }

  /**
   * A pipeline file that comes with Vedette, as text: {@code payments} or {@code host}.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public static String bundled(String name) {
    try (InputStream file = Pipeline.class.getResourceAsStream(name + ".yaml")) {
      Require.that(file != null, "there is no pipeline file '" + name + "'");
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name, of letters, digits, hyphens and underscores. */
  public String name() {
    return name;
  }

  /** The file as it was read. */
  public String yaml() {
    return yaml;
  }

  public EventSchema schema() {
    return schema;
  }

  public AlertPolicy alerts() {
    return alerts;
  }

  /**
   * The names of the features for people, one for each column the detectors see: as the file says,
   * or their texts.
   */
  public List<String> featureNames() {
    return wordings.stream().map(Wording::name).toList();
  }

  /** Whether labels change decisions: true where the threshold is chosen by them. */
  public boolean learnsFromLabels() {
    return rule.needsLabels();
  }

  /**
   * The event that {@code fields} describe: its key, time and id are the fields the pipeline names.
   *
   * @param fields numbers, texts and booleans by name; null is missing
   * @param arrived the time of an event that has none of its own, in milliseconds
   * @throws dev.vedette.DataException naming the field that is missing or wrong
   */
  public Event event(Map<String, ?> fields, long arrived) {
    return schema.event(fields, arrived);
  }

  /** The most memory a partition of this pipeline may hold, in bytes. */
  public long memory() {
    return keeping.memory();
  }

  /** Tells one pipeline file from another: 8 hexadecimal digits. */
  public String fingerprint() {
    var checksum = new CRC32C();
    checksum.update(yaml.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  /**
   * What learns the numbers in {@code field} of one key as a series: the detector that an {@code
   * unusual} feature names, else the default.
   */
  public StreamingDetector series(String field) {
    return features.series(field);
  }

  Features features() {
    return features;
  }

  List<Wording> wordings() {
    return wordings;
  }

  List<Use> detectors() {
    return ensemble.uses();
  }

  Fuse fuse() {
    return ensemble.fuse();
  }

  Rule rule() {
    return rule;
  }

  Learning learning() {
    return learning;
  }

  Duration timeToLive() {
    return keeping.timeToLive();
  }

  /** What is left of the memory for the states of keys and what features keep over all of them. */
  long keyMemory() {
    return keeping.memory() - fixedBytes();
  }

  /** What a partition holds beside its keys when it is full: estimated from the sizes declared. */
  private long fixedBytes() {
    int columns = features.names().size();
    long rows = 3L * learning.reservoir() * (24 + 8L * columns);
    long scales = 16L * (Judge.RECENT + (long) ensemble.uses().size() * Member.RECENT);
    long seen = 40L * schema.remembered();
    long detectors = 0;
    for (Use use : ensemble.uses()) {
      detectors +=
          use.online() == null
              ? 8L * learning.reservoir() * (columns + 1)
              : 2 * use.online().start(columns).bytes();
    }
    return rows + scales + seen + detectors + (2L << 20);
  }
}
