package dev.vedette.server.azure;

import dev.vedette.azure.Multivariate;
import dev.vedette.azure.MultivariateAlignment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How the service that answers like Azure AI Anomaly Detector is set up: immutable, changed by
 * copies. The defaults are the limits of that service.
 *
 * @param on whether it answers at all
 * @param points the most points of a univariate series, 12 to 1,000,000
 * @param queue univariate requests that may wait for their turn, 0 to 100,000; more are answered
 *     with 429
 * @param sources where multivariate data may come from
 * @param quota what multivariate models may take
 */
public record AzureSettings(boolean on, int points, int queue, Sources sources, Quota quota) {
  /**
   * Where multivariate data may come from, beside what was uploaded.
   *
   * @param folders whose files may be named as {@code file:} URIs
   * @param hosts as {@code name} or {@code name:port}, whose files may be named as {@code http:}
   *     and {@code https:} URIs; no other host is ever asked
   * @param bytes the most bytes of a file, as it comes and unpacked, 1 KiB to 2 GiB
   */
  public record Sources(List<Path> folders, List<String> hosts, int bytes) {
    private static final int MOST_BYTES = Integer.MAX_VALUE;

    public Sources {
      folders = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
      hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
      check("bytes", bytes, 1024, MOST_BYTES);
    }

    /** Uploads only; 2 GiB, or a sixteenth of the heap where that is less. */
    public Sources() {
      this(List.of(), List.of(), (int) Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 16));
    }

    public Sources folders(List<Path> folders) {
      return new Sources(folders, hosts, bytes);
    }

    public Sources hosts(List<String> hosts) {
      return new Sources(folders, hosts, bytes);
    }

    public Sources bytes(int bytes) {
      return new Sources(folders, hosts, bytes);
    }
  }

  /**
   * What multivariate models may take.
   *
   * @param models that are kept, 1 to 100,000
   * @param trainings that are under way or wait at a time, 1 to 10,000
   * @param variables of a model, 2 to 301
   * @param timestamps of a variable, 100 to 1,000,000
   * @param results how long results of batch detections are kept, a minute or more
   */
  public record Quota(int models, int trainings, int variables, int timestamps, Duration results) {
    public Quota {
      check("models", models, 1, 100_000);
      check("trainings", trainings, 1, 10_000);
      check("variables", variables, 2, Multivariate.MOST_VARIABLES);
      check("timestamps", timestamps, 100, MultivariateAlignment.MOST_POINTS);
      check("results", results.toMillis(), 60_000, Long.MAX_VALUE);
    }

    /** 1,000 models, 20 trainings, 301 variables, 1,000,000 timestamps, seven days. */
    public Quota() {
      this(1_000, 20, 301, 1_000_000, Duration.ofDays(7));
    }

    public Quota models(int models) {
      return new Quota(models, trainings, variables, timestamps, results);
    }

    public Quota trainings(int trainings) {
      return new Quota(models, trainings, variables, timestamps, results);
    }

    public Quota results(Duration results) {
      return new Quota(models, trainings, variables, timestamps, results);
    }
  }

  public AzureSettings {
    check("points", points, 12, 1_000_000);
    check("queue", queue, 0, 100_000);
  }

  /** On, 8,640 points, 1,000 requests that wait. */
  public AzureSettings() {
    this(true, 8_640, 1_000, new Sources(), new Quota());
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "azure: %s is %d; write %d to %d", name, value, least, most));
    }
  }

  public AzureSettings on(boolean on) {
    return new AzureSettings(on, points, queue, sources, quota);
  }

  public AzureSettings points(int points) {
    return new AzureSettings(on, points, queue, sources, quota);
  }

  public AzureSettings queue(int queue) {
    return new AzureSettings(on, points, queue, sources, quota);
  }

  public AzureSettings sources(Sources sources) {
    return new AzureSettings(on, points, queue, sources, quota);
  }

  public AzureSettings quota(Quota quota) {
    return new AzureSettings(on, points, queue, sources, quota);
  }
}
