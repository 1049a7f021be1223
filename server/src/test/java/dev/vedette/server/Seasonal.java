package dev.vedette.server;

import dev.vedette.azure.ChangePointRequest;
import dev.vedette.azure.Points;
import dev.vedette.azure.Univariate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Made-up series for the Azure-compatible service. */
final class Seasonal {
  static final Instant START = Instant.parse("2018-03-01T00:00:00Z");

  private Seasonal() {}

  /** Hourly values of a day's rhythm with a little noise; one of them is ten times too high. */
  static double[] hourly(int points, int strange) {
    var random = new Random(7);
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] = 100 + 30 * Math.sin(2 * Math.PI * i / 24) + random.nextGaussian();
    }
    if (strange >= 0) {
      values[strange] *= 10;
    }
    return values;
  }

  /** Goes on only where the engine finds change points. */
  static void assumeChangePoints() {
    try {
      new Univariate().changePoints(new ChangePointRequest(new Points(hourly(48, -1))));
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("the engine has no change points yet");
    }
  }

  static Instant hour(int i) {
    return START.plus(i, ChronoUnit.HOURS);
  }

  /** As JSON, an array of points. */
  static String points(double[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT, "{\"timestamp\":\"%s\",\"value\":%s}", hour(i), values[i]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** A request with these points and more fields, such as {@code "period":24}. */
  static String request(double[] values, String more) {
    return "{\"series\":" + points(values) + ",\"granularity\":\"hourly\"" + more + "}";
  }
}
