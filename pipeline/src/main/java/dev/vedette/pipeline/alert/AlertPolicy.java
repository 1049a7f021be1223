package dev.vedette.pipeline.alert;

import dev.vedette.Require;
import dev.vedette.data.Numbers;
import java.time.Duration;
import java.util.List;

/**
 * Which flagged events are told to people, how they are put together, how often and where.
 *
 * <p>All times are event times: an alert is closed by the next event of the pipeline, whatever its
 * group, that happens late enough.
 *
 * @param groupBy what the events of one alert have in common: "key", "all" (one alert for
 *     everything) or the name of a field
 * @param coolDown after a message on a group, the next one follows this much later at the earliest;
 *     a group without an event for this long is closed; 1 s to 365 days
 * @param leastSeverity flagged events below are decided and kept but not told; 0 to 100
 * @param leastDeviation flagged events whose most important cause is at most this far from its
 *     normal value, as a share of that value, are not told: 0.2 means 20 %; 0 tells all
 * @param flapping when a group that opens again and again is held back
 * @param maintenance when flagged events are not told
 * @param to the sinks, as in the pipeline file
 */
public record AlertPolicy(
    String groupBy,
    Duration coolDown,
    double leastSeverity,
    double leastDeviation,
    Flapping flapping,
    List<Maintenance> maintenance,
    List<String> to) {
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * When a group counts as flapping: it is told once more, as such, and then held back until no
   * event came for {@code window}.
   *
   * @param count more openings than this within {@code window} are flapping; 0 to 100; 0 never
   *     holds back
   * @param window 1 s to 365 days
   */
  public record Flapping(int count, Duration window) {
    public Flapping {
      Require.range("flap-count", count, 0, 100);
      range("flap-window", window);
    }
  }

  public AlertPolicy {
    Require.that(!groupBy.isBlank(), "group-by is empty; write key, all or the name of a field");
    range("cool-down", coolDown);
    Require.range("least-severity", leastSeverity, 0, 100);
    if (!(leastDeviation >= 0 && leastDeviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "least-deviation must be 0 or more, is "
              + Numbers.text(leastDeviation)
              + "; write 0.2 for 20 %");
    }
    maintenance = List.copyOf(maintenance);
    to = List.copyOf(to);
  }

  /** By key, 10 minutes apart, all severities, flapping above 4 openings in an hour, no sinks. */
  public AlertPolicy() {
    this(
        "key",
        Duration.ofMinutes(10),
        0,
        0,
        new Flapping(4, Duration.ofHours(1)),
        List.of(),
        List.of());
  }

  private static void range(String name, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be from 1s to 365d, is " + value);
    }
  }

  public AlertPolicy groupBy(String groupBy) {
    return new AlertPolicy(
        groupBy, coolDown, leastSeverity, leastDeviation, flapping, maintenance, to);
  }

  public AlertPolicy coolDown(Duration coolDown) {
    return new AlertPolicy(
        groupBy, coolDown, leastSeverity, leastDeviation, flapping, maintenance, to);
  }

  public AlertPolicy leastSeverity(double leastSeverity) {
    return new AlertPolicy(
        groupBy, coolDown, leastSeverity, leastDeviation, flapping, maintenance, to);
  }

  public AlertPolicy leastDeviation(double leastDeviation) {
    return new AlertPolicy(
        groupBy, coolDown, leastSeverity, leastDeviation, flapping, maintenance, to);
  }

  public AlertPolicy flapping(int count, Duration window) {
    return new AlertPolicy(
        groupBy,
        coolDown,
        leastSeverity,
        leastDeviation,
        new Flapping(count, window),
        maintenance,
        to);
  }

  public AlertPolicy maintenance(List<Maintenance> maintenance) {
    return new AlertPolicy(
        groupBy, coolDown, leastSeverity, leastDeviation, flapping, maintenance, to);
  }

  public AlertPolicy to(List<String> to) {
    return new AlertPolicy(
        groupBy, coolDown, leastSeverity, leastDeviation, flapping, maintenance, to);
  }
}
