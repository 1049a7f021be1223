package dev.vedette.connect.sink;

import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.alert.Alert;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Alerts and settings for the tests. */
final class Some {
  static final String SECRET = "hunter2-never-shown";
  static final long NOW = Instant.parse("2026-05-04T12:00:00Z").toEpochMilli();
  static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(NOW));

  private Some() {}

  static Sinks sinks(Path folder) {
    Map<String, String> environment = Map.of("HOOK", SECRET, "EMPTY", " ");
    return new Sinks(folder, environment::get, CLOCK);
  }

  static Alert alert(long first) {
    return alert(first, Alert.State.OPENED, 1, 87);
  }

  static Alert alert(long first, Alert.State state, long count, double severity) {
    return alert("card 4711", first, state, count, severity);
  }

  static Alert alert(String group, long first, Alert.State state, long count, double severity) {
    var causes =
        List.of(
            new Cause("amount", 18.25, 1, 0.75, "amount is 18.25, normally 1"),
            new Cause("hour(at)", Double.NaN, 12, 0.25, "hour(at) is <missing> & odd"));
    return new Alert(
        "payments:" + first,
        "payments",
        group,
        state,
        NOW - 60_000,
        NOW,
        first,
        first,
        count,
        severity,
        causes,
        group + ": " + count + " anomalous events");
  }

  /** Whose every text tries to break out of where it is put. */
  static Alert hostile() {
    String evil =
        "x\r\nBcc: eve@evil.example\r\n\r\n\"}]\\\u0000\u2028\u202E<script>alert(1)</script>é";
    return new Alert(
        evil + ":1",
        evil,
        evil,
        Alert.State.UPDATED,
        NOW - 1,
        NOW,
        1,
        1,
        2,
        Double.NaN,
        List.of(new Cause(evil, Double.POSITIVE_INFINITY, 1, 1, evil)),
        evil);
  }
}
