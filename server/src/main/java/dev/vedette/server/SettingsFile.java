package dev.vedette.server;

import dev.vedette.DataException;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.azure.AzureSettings.Quota;
import dev.vedette.server.azure.AzureSettings.Sources;
import dev.vedette.server.intake.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@link Settings} from YAML: flat names, every one known, every value checked. */
final class SettingsFile {
  private static final List<String> NAMES =
      List.of(
          "host",
          "port",
          "grpc-port",
          "store",
          "folder",
          "tls",
          "limits",
          "retention",
          "models",
          "open-scoring",
          "azure");
  private static final List<String> TLS = List.of("certificate", "key");
  private static final List<String> LIMITS =
      List.of("body", "model", "depth", "batch", "header", "time");
  private static final List<String> AZURE =
      List.of(
          "on",
          "points",
          "queue",
          "folders",
          "hosts",
          "bytes",
          "models",
          "trainings",
          "variables",
          "timestamps",
          "results");
  private static final long MOST_BYTES = 100_000;

  private final Path file;

  private SettingsFile(Path file) {
    this.file = file;
  }

  static Settings read(Path file, Settings otherwise) {
    return new SettingsFile(file).settings(otherwise);
  }

  private Settings settings(Settings start) {
    Map<String, JsonNode> values = object("", root(), NAMES);
    try {
      return new Settings(
          text(values.get("host"), "host", start.host()),
          whole(values.get("port"), "port", start.port()),
          whole(values.get("grpc-port"), "grpc-port", start.grpcPort()),
          values.containsKey("store") ? text(values.get("store"), "store", "") : start.store(),
          path(values.get("folder"), "folder", start.folder()),
          values.containsKey("tls") ? tls(values.get("tls")) : start.tls(),
          limits(values.get("limits"), start.limits()),
          duration(values.get("retention"), "retention", start.retention()),
          new Settings.Hosting(
              paths(values.get("models"), "models", start.hosting().models()),
              flag(values.get("open-scoring"), "open-scoring", start.hosting().open()),
              azure(values.get("azure"), start.hosting().azure())));
    } catch (IllegalArgumentException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }

  private JsonNode root() {
    if (!Files.exists(file)) {
      throw new DataException(file + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new DataException(file + " is a folder; name a settings file in it");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new DataException(file + " has more than " + MOST_BYTES + " bytes; is it the one?");
      }
      var yaml =
          YAMLMapper.builder(
                  YAMLFactory.builder()
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .build())
              .build();
      return yaml.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + e.getMessage(), e);
    } catch (JacksonException e) {
      String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      String line = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
      throw new DataException(file + " is not YAML" + line + ": " + reason, e);
    }
  }

  private Map<String, JsonNode> object(String place, @Nullable JsonNode node, List<String> names) {
    if (node == null || node.isMissingNode() || node.isNull()) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw new DataException(
          file + ": " + (place.isEmpty() ? "it" : place) + " is not a map of " + names);
    }
    var values = new LinkedHashMap<String, JsonNode>();
    node.properties().forEach(each -> values.put(each.getKey(), each.getValue()));
    for (String name : new TreeSet<>(values.keySet())) {
      if (!names.contains(name)) {
        throw new DataException(
            "%s: there is no setting %s%s; there are %s"
                .formatted(file, place.isEmpty() ? "" : place + ".", name, names));
      }
    }
    return values;
  }

  private String text(@Nullable JsonNode node, String place, String otherwise) {
    if (node == null) {
      return otherwise;
    }
    if (!node.isString() || node.stringValue().isBlank()) {
      throw new DataException(file + ": " + place + " is not a text; write one in quotes");
    }
    return node.stringValue();
  }

  private int whole(@Nullable JsonNode node, String place, int otherwise) {
    if (node == null) {
      return otherwise;
    }
    if (!node.isInt()) {
      throw new DataException(file + ": " + place + " is not a whole number below 2^31");
    }
    return node.intValue();
  }

  /** Relative to the folder of the file. */
  private Path path(@Nullable JsonNode node, String place, Path otherwise) {
    return node == null
        ? otherwise
        : file.toAbsolutePath().resolveSibling(text(node, place, "")).normalize();
  }

  private List<Path> paths(@Nullable JsonNode node, String place, List<Path> otherwise) {
    if (node == null) {
      return otherwise;
    }
    if (!node.isArray()) {
      throw new DataException(file + ": " + place + " is not a list of files and folders");
    }
    return node.valueStream().map(each -> path(each, place, file)).toList();
  }

  private List<String> texts(@Nullable JsonNode node, String place, List<String> otherwise) {
    if (node == null) {
      return otherwise;
    }
    if (!node.isArray()) {
      throw new DataException(file + ": " + place + " is not a list of texts");
    }
    return node.valueStream().map(each -> text(each, place, "")).toList();
  }

  private boolean flag(@Nullable JsonNode node, String place, boolean otherwise) {
    if (node == null) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw new DataException(file + ": " + place + " is not true or false");
    }
    return node.booleanValue();
  }

  private Settings.Tls tls(@Nullable JsonNode node) {
    Map<String, JsonNode> values = object("tls", node, TLS);
    if (!values.keySet().containsAll(TLS)) {
      throw new DataException(file + ": tls needs both of " + TLS);
    }
    return new Settings.Tls(
        path(values.get("certificate"), "tls.certificate", file),
        path(values.get("key"), "tls.key", file));
  }

  private Limits limits(@Nullable JsonNode node, Limits start) {
    Map<String, JsonNode> values = object("limits", node, LIMITS);
    Duration time = duration(values.get("time"), "limits.time", start.time());
    return new Limits(
        whole(values.get("body"), "limits.body", start.body()),
        whole(values.get("model"), "limits.model", start.model()),
        whole(values.get("depth"), "limits.depth", start.depth()),
        whole(values.get("batch"), "limits.batch", start.batch()),
        whole(values.get("header"), "limits.header", start.header()),
        time == null ? start.time() : time);
  }

  private AzureSettings azure(@Nullable JsonNode node, AzureSettings start) {
    Map<String, JsonNode> values = object("azure", node, AZURE);
    Sources sources = start.sources();
    Quota quota = start.quota();
    Duration results = duration(values.get("results"), "azure.results", quota.results());
    return new AzureSettings(
        flag(values.get("on"), "azure.on", start.on()),
        whole(values.get("points"), "azure.points", start.points()),
        whole(values.get("queue"), "azure.queue", start.queue()),
        new Sources(
            paths(values.get("folders"), "azure.folders", sources.folders()),
            texts(values.get("hosts"), "azure.hosts", sources.hosts()),
            whole(values.get("bytes"), "azure.bytes", sources.bytes())),
        new Quota(
            whole(values.get("models"), "azure.models", quota.models()),
            whole(values.get("trainings"), "azure.trainings", quota.trainings()),
            whole(values.get("variables"), "azure.variables", quota.variables()),
            whole(values.get("timestamps"), "azure.timestamps", quota.timestamps()),
            results == null ? quota.results() : results));
  }

  private @Nullable Duration duration(
      @Nullable JsonNode node, String place, @Nullable Duration otherwise) {
    if (node == null) {
      return otherwise;
    }
    String text = node.isString() ? node.stringValue().toUpperCase(Locale.ROOT) : "";
    try {
      return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
    } catch (DateTimeParseException e) {
      String given = node.isString() ? node.stringValue() : node.toString();
      throw new DataException(
          "%s: %s: %s is not a duration; write one such as 30s, 10m, 12h or 30d"
              .formatted(file, place, given),
          e);
    }
  }
}
