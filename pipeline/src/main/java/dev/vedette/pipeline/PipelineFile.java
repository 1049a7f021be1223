package dev.vedette.pipeline;

import dev.vedette.Require;
import dev.vedette.ensemble.Fuse;
import dev.vedette.pipeline.alert.AlertPolicy;
import dev.vedette.pipeline.alert.Maintenance;
import dev.vedette.pipeline.feature.Features;
import dev.vedette.pipeline.feature.Wording;
import dev.vedette.threshold.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the YAML of a pipeline, part by part; each error names its place in the file. */
record PipelineFile(
    String name,
    EventSchema schema,
    Features features,
    List<Wording> wordings,
    Ensemble ensemble,
    Rule rule,
    Keeping keeping,
    Learning learning,
    AlertPolicy alerts) {
  /** One in ten thousand normal events is flagged, where the file does not say otherwise. */
  static final double DEFAULT_RATE = 0.0001;

  /** Used where the file names no detectors: what is far out, what is isolated, what is odd. */
  static final List<String> DEFAULT_DETECTORS =
      List.of("streaming-tails", "half-space-trees", "iforest");

  private static final int LONGEST = 100_000;
  private static final int DEPTH = 20;
  private static final int MOST_FEATURES = 200;
  private static final int LONGEST_UNIT = 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
  private static final Pattern PER_DAY = Pattern.compile("([0-9.]+)\\s*/\\s*day");
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEPTH)
                      .maxDocumentLength(LONGEST)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build());

  static PipelineFile read(String yaml) {
    Section file = Section.of("", tree(yaml));
    String name = name(file);
    EventSchema schema = schema(file.section("event"));
    Features features = features(file, schema.time());
    var read =
        new PipelineFile(
            name,
            schema,
            features,
            wordings(file, features),
            ensemble(file),
            rule(file),
            keeping(file),
            learning(file.section("learning")),
            alerts(file.section("alerts")));
    file.end();
    return read;
  }

  private static @Nullable Object tree(String yaml) {
    Require.that(
        yaml.length() <= LONGEST,
        "the pipeline file has %d characters, more than %d".formatted(yaml.length(), LONGEST));
    try {
      Object tree = YAML.readValue(yaml, Object.class);
      Require.that(
          tree instanceof Map,
          "the pipeline file is empty or not a mapping; it begins with name: ...");
      return tree;
    } catch (JacksonException e) {
      var location = e.getLocation();
      throw new IllegalArgumentException(
          "the pipeline file is not YAML%s: %s"
              .formatted(
                  location == null ? "" : " (line %d)".formatted(location.getLineNr()),
                  Section.shown(String.valueOf(e.getOriginalMessage()))),
          e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("the pipeline file is nested too deeply", e);
    }
  }

  private static String name(Section file) {
    String name = file.text("name", "");
    Require.that(
        NAME.matcher(name).matches(),
        "name is '%s'; a pipeline's name has 1 to 63 letters, digits, hyphens and underscores"
            .formatted(Section.shown(name)));
    return name;
  }

  private static EventSchema schema(Section event) {
    String key = event.text("key");
    if (key == null) {
      throw new IllegalArgumentException(
          "event.key is missing; name the field that says whose event it is, such as event: {key:"
              + " card, time: at}");
    }
    var schema =
        new EventSchema(
            key,
            event.text("time"),
            event.text("id"),
            event.duration("lateness", Duration.ofHours(1)),
            event.duration("ahead", Duration.ofMinutes(5)),
            event.integer("remembered", 100_000));
    event.end();
    return schema;
  }

  private static Features features(Section file, @Nullable String time) {
    var texts = new ArrayList<String>();
    for (Object item : file.list("features")) {
      texts.add(featureText(item));
    }
    Require.that(
        !texts.isEmpty() && texts.size() <= MOST_FEATURES,
        "features has %d entries; a pipeline has 1 to %d".formatted(texts.size(), MOST_FEATURES));
    try {
      return time == null ? Features.parse(texts) : Features.parse(texts, time);
    } catch (IllegalArgumentException e) {
      throw file.at("features", e);
    }
  }

  /** What people read in place of the features' texts. */
  private static List<Wording> wordings(Section file, Features features) {
    var wordings = new ArrayList<Wording>();
    var names = new ArrayList<String>();
    for (Object item : file.list("features")) {
      boolean hasParts = item instanceof Map<?, ?> map && map.containsKey("feature");
      String name = hasParts ? part(item, "as") : null;
      String unit = hasParts ? Objects.requireNonNullElse(part(item, "unit"), "") : "";
      Require.that(
          unit.length() <= LONGEST_UNIT,
          "features has the unit '%s', longer than %d characters"
              .formatted(Section.shown(unit), LONGEST_UNIT));
      Wording wording = features.wording(names.size(), name, unit);
      String label = wording.name();
      Require.that(
          !label.isBlank() && label.length() <= 80 && !names.contains(label),
          "features has the name '%s' twice, or it is empty or longer than 80 characters"
              .formatted(Section.shown(label)));
      names.add(label);
      wordings.add(wording);
    }
    return wordings;
  }

  private static @Nullable String part(Object item, String name) {
    Object part = ((Map<?, ?>) item).get(name);
    return part == null ? null : String.valueOf(part);
  }

  /**
   * A feature is a text, or {@code {feature: text, as: name for people, unit: km/h}}. {@code
   * category: merchant_type} is another way to write {@code category(merchant_type)}.
   */
  private static String featureText(Object item) {
    if (item instanceof Map<?, ?> map && map.containsKey("feature")) {
      Section feature = Section.of("features", item);
      String text = feature.text("feature", "");
      feature.take("as");
      feature.take("unit");
      feature.end();
      return text;
    }
    if (item instanceof Map<?, ?> map && map.size() == 1) {
      var entry = map.entrySet().iterator().next();
      return entry.getKey() + "(" + entry.getValue() + ")";
    }
    Require.that(
        !(item instanceof Map) && !(item instanceof List) && item != null,
        "features has '%s', not a text".formatted(Section.shown(String.valueOf(item))));
    return item.toString();
  }

  private static Ensemble ensemble(Section file) {
    List<Object> items = file.list("detectors");
    var uses = new ArrayList<Use>();
    for (Object item : items.isEmpty() ? new ArrayList<Object>(DEFAULT_DETECTORS) : items) {
      uses.add(use(file, item));
    }
    Section ensemble = file.section("ensemble");
    String fuse = ensemble.text("fuse", "weighted");
    ensemble.end();
    try {
      return new Ensemble(uses, Fuse.parse(fuse));
    } catch (IllegalArgumentException e) {
      throw file.at("ensemble", e);
    }
  }

  /** A detector is a text, or {@code {use: text, weight: 2}}. */
  private static Use use(Section file, Object item) {
    try {
      if (!(item instanceof Map)) {
        return Use.parse(String.valueOf(item), 1);
      }
      Section use = Section.of(file.place("detectors"), item);
      Use read = Use.parse(use.text("use", ""), use.number("weight", 1));
      use.end();
      return read;
    } catch (IllegalArgumentException e) {
      throw file.at("detectors", e);
    }
  }

  /** {@code threshold: {false-alarms: 0.001}}, {@code {budget: 50/day}}, {@code {cost: {...}}}. */
  private static Rule rule(Section file) {
    Object value = file.take("threshold");
    try {
      return switch (value) {
        case null -> new Rule.FalseAlarms(DEFAULT_RATE);
        case String text -> Rule.parse(text);
        case Map<?, ?> map when map.size() == 1 -> {
          var entry = map.entrySet().iterator().next();
          yield rule(String.valueOf(entry.getKey()), entry.getValue());
        }
        default ->
            throw new IllegalArgumentException(
                "'%s' is not one rule such as {false-alarms: 0.001}"
                    .formatted(Section.shown(value)));
      };
    } catch (IllegalArgumentException e) {
      throw file.at("threshold", e);
    }
  }

  private static Rule rule(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> options) {
      var text = new StringBuilder(name);
      options.forEach((option, set) -> text.append(' ').append(option).append('=').append(set));
      return Rule.parse(text.toString());
    }
    Matcher perDay = PER_DAY.matcher(String.valueOf(value));
    if (name.equals("budget") && perDay.matches()) {
      return Rule.parse("budget per-day=" + perDay.group(1));
    }
    return Rule.parse(value == null ? name : name + "=" + value);
  }

  private static AlertPolicy alerts(Section alerts) {
    var usual = new AlertPolicy();
    try {
      var read =
          new AlertPolicy(
              alerts.text("group-by", usual.groupBy()),
              alerts.duration("cool-down", usual.coolDown()),
              alerts.number("least-severity", usual.leastSeverity()),
              alerts.number("least-deviation", usual.leastDeviation()),
              new AlertPolicy.Flapping(
                  alerts.integer("flap-count", usual.flapping().count()),
                  alerts.duration("flap-window", usual.flapping().window())),
              texts(alerts.list("maintenance")).stream().map(Maintenance::parse).toList(),
              texts(alerts.list("to")));
      alerts.end();
      return read;
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          message.startsWith("alerts") ? message : "alerts: " + message, e);
    }
  }

  private static List<String> texts(List<Object> items) {
    return items.stream().map(String::valueOf).toList();
  }

  private static Keeping keeping(Section file) {
    return new Keeping(
        file.bytes("memory", 64L << 20), file.duration("time-to-live", Duration.ofDays(365)));
  }

  private static Learning learning(Section learning) {
    var defaults = new Learning();
    var read =
        new Learning(
            learning.integer("reservoir", defaults.reservoir()),
            learning.integer("every", defaults.every()),
            learning.integer("refit", defaults.refit()));
    learning.end();
    return read;
  }
}
