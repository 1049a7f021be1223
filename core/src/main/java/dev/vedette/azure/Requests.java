package dev.vedette.azure;

import dev.vedette.azure.Imputation.Mode;
import dev.vedette.azure.Tuning.Boundary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules a request is held to, and the words in which a breach is reported. */
final class Requests {
  private static final int LEAST_POINTS = 12;

  /** The largest magnitude of a value. */
  static final double LARGEST = 1e100;

  private final Map<String, ? extends @Nullable Object> fields;

  Requests(Map<String, ? extends @Nullable Object> fields) {
    this.fields = fields;
  }

  UnivariateRequest univariate(int maxPoints) {
    Points points = points(maxPoints, false);
    Integer period = period(points);
    Tuning tuning = tuning();
    return new UnivariateRequest(points, period, imputation(), tuning);
  }

  ChangePointRequest changePoints(int maxPoints) {
    Points points = points(maxPoints, true);
    Integer period = period(points);
    Object window = fields.get("stableTrendWindow");
    if (window != null && !(isWhole(window) && small(window))) {
      throw stableTrendWindow();
    }
    Object threshold = fields.get("threshold");
    if (threshold != null && !(threshold instanceof Number)) {
      throw threshold();
    }
    return new ChangePointRequest(
        points,
        period,
        window == null ? null : Integer.valueOf(((Number) window).intValue()),
        threshold == null ? null : Double.valueOf(((Number) threshold).doubleValue()));
  }

  private Points points(int maxPoints, boolean granularityRequired) {
    Object series = fields.get("series");
    if (series == null) {
      throw bad("The 'series' field cannot be empty.");
    }
    if (!(series instanceof List<?> items)) {
      throw bad("The 'series' field must be array/list type.");
    }
    checkLeast(items.size());
    checkLimit(items.size(), maxPoints);
    double[] values = values(items);
    boolean timesRequired = timed();
    long @Nullable [] times = timesRequired || allTimed(items) ? times(items) : null;
    checkValues(values);
    if (times != null) {
      checkOrder(times);
    }
    return new Points(times, values, granularity(granularityRequired), every());
  }

  /** Whether the granularity, right or wrong, asks for timestamps. */
  private boolean timed() {
    Object granularity = fields.get("granularity");
    return granularity != null && !granularity.equals(Granularity.NONE.text());
  }

  private static boolean allTimed(List<?> items) {
    for (Object item : items) {
      if (((Map<?, ?>) item).get("timestamp") == null) {
        return false;
      }
    }
    return true;
  }

  private static double[] values(List<?> items) {
    double[] values = new double[items.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(items.get(i) instanceof Map<?, ?> point) || !point.containsKey("value")) {
        throw malformed();
      }
      Object value = point.get("value");
      if (value == null) {
        values[i] = Double.NaN;
      } else if (value instanceof Number number) {
        values[i] = number.doubleValue();
      } else {
        throw malformed();
      }
    }
    return values;
  }

  private static long[] times(List<?> items) {
    long[] times = new long[items.size()];
    for (int i = 0; i < times.length; i++) {
      if (!(((Map<?, ?>) items.get(i)).get("timestamp") instanceof String text)) {
        throw malformed();
      }
      try {
        times[i] = Timestamps.parse(text);
      } catch (DateTimeException notATime) {
        throw malformed();
      }
    }
    return times;
  }

  private Granularity granularity(boolean required) {
    Object name = fields.get("granularity");
    if (name == null) {
      if (required) {
        throw new RequestException(
            ErrorCode.REQUIRED_GRANULARITY, "The 'granularity' field is required.");
      }
      return Granularity.NONE;
    }
    Granularity granularity =
        name instanceof String text ? Granularity.parse(text.toLowerCase(Locale.ROOT)) : null;
    if (granularity == null) {
      throw new RequestException(
          ErrorCode.INVALID_GRANULARITY,
          "The 'granularity' field can only be one of the following: %s."
              .formatted(
                  Arrays.stream(Granularity.values())
                      .map(Granularity::text)
                      .collect(Collectors.joining(", "))));
    }
    return granularity;
  }

  private int every() {
    Object every = fields.get("customInterval");
    if (every == null) {
      return 1;
    }
    if (!isWhole(every) || !small(every) || ((Number) every).intValue() <= 0) {
      throw customInterval();
    }
    return ((Number) every).intValue();
  }

  private @Nullable Integer period(Points points) {
    Object period = fields.get("period");
    if (period == null) {
      return null;
    }
    if (!isWhole(period) || !small(period)) {
      throw invalidPeriod();
    }
    Integer given = ((Number) period).intValue();
    checkPeriod(points, given);
    return given;
  }

  private Tuning tuning() {
    var standard = new Tuning();
    Object alpha = fields.get("alpha");
    if (alpha != null && !(alpha instanceof Number)) {
      throw argument("The 'alpha' field must > 0.");
    }
    Object ratio = fields.get("maxAnomalyRatio");
    if (ratio != null && !(ratio instanceof Number)) {
      throw anomalyRatio();
    }
    double alphaGiven = number(alpha, standard.alpha());
    double ratioGiven = number(ratio, standard.maxAnomalyRatio());
    var tuning = new Tuning(ratioGiven, 99, alphaGiven, threshold(fields), boundary(), detector());
    Object sensitivity = fields.get("sensitivity");
    if (sensitivity == null) {
      return tuning;
    }
    if (!isWhole(sensitivity) || !small(sensitivity)) {
      throw sensitivity();
    }
    return tuning.sensitivity(((Number) sensitivity).intValue());
  }

  private static @Nullable Double threshold(Map<String, ? extends @Nullable Object> fields) {
    Object threshold = fields.get("threshold");
    if (threshold == null) {
      return null;
    }
    if (!(threshold instanceof Number number)) {
      throw argument("The 'threshold' field must be a number.");
    }
    return number.doubleValue();
  }

  private Boundary boundary() {
    Object version = fields.get("boundaryVersion");
    for (Boundary boundary : Boundary.values()) {
      if (boundary.name().equals(version)) {
        return boundary;
      }
    }
    if (version != null) {
      throw argument("The 'boundaryVersion' field must be one of the following: V1, V2, V3.");
    }
    return Boundary.V1;
  }

  private @Nullable String detector() {
    return fields.get("detector") instanceof Map<?, ?> detector
            && detector.get("name") instanceof String name
        ? name.toLowerCase(Locale.ROOT)
        : null;
  }

  private Imputation imputation() {
    Object mode = fields.get("imputeMode");
    Object value = fields.get("imputeFixedValue");
    if (mode == null && fields.get("fillUpMode") != null) {
      mode = fields.get("fillUpMode");
      value = value == null ? fields.get("fixedValue") : value;
      if ("last".equals(mode)) {
        mode = Mode.PREVIOUS.text();
      } else if ("no".equals(mode)) {
        mode = Mode.NOT_FILL.text();
      }
    }
    // An "imputeStrategy" is passed over: recorded answers are the same with and without it.
    if (mode == null) {
      return new Imputation();
    }
    for (Mode known : Mode.values()) {
      if (known.text().equals(mode)) {
        return known == Mode.FIXED
            ? new Imputation(known, number(value, Double.NaN))
            : new Imputation(known);
      }
    }
    throw new RequestException(
        ErrorCode.INVALID_IMPUTE_MODE,
        "The 'imputeMode' field is required and should be one of the following: %s."
            .formatted(
                Arrays.stream(Mode.values()).map(Mode::text).collect(Collectors.joining(", "))));
  }

  private static double number(@Nullable Object given, double standard) {
    return given instanceof Number number ? number.doubleValue() : standard;
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Short
        || (value instanceof BigDecimal decimal && decimal.scale() <= 0);
  }

  /** Whether a whole number fits an int. */
  private static boolean small(Object whole) {
    double value = ((Number) whole).doubleValue();
    return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
  }

  static void checkLimit(int points, int maxPoints) {
    if (points > maxPoints) {
      throw series("The 'series' field cannot have more than " + maxPoints + " points.");
    }
  }

  private static void checkLeast(int points) {
    if (points < LEAST_POINTS) {
      throw series("The 'series' field must have at least " + LEAST_POINTS + " points.");
    }
  }

  static void checkValues(double[] values) {
    checkLeast(values.length);
    boolean none = false;
    for (double value : values) {
      if (Math.abs(value) > LARGEST) {
        throw series("The magnitude of data in 'value' in 'series' filed is too large.");
      }
      none |= Double.isNaN(value);
    }
    if (none) {
      throw bad("The 'series' field cannot have none values.");
    }
  }

  static void checkOrder(long[] times) {
    boolean duplicate = false;
    for (int i = 1; i < times.length; i++) {
      if (times[i] < times[i - 1]) {
        throw series("The 'series' field must be sorted by timestamp in ascending order.");
      }
      duplicate |= times[i] == times[i - 1];
    }
    if (duplicate) {
      throw series("The 'series' field cannot have duplicated timestamp.");
    }
  }

  static void checkPeriod(Points points, @Nullable Integer period) {
    if (period == null) {
      return;
    }
    if (period < 0) {
      throw invalidPeriod();
    }
    if (period > 0 && Grid.span(points) < 2L * period + 1) {
      throw argument("The 'series' field must have more than 2 periods points");
    }
  }

  static RequestException malformed() {
    return bad("'timestamp' or 'value' is malformed in 'series' Field.");
  }

  static RequestException customInterval() {
    return new RequestException(
        ErrorCode.INVALID_CUSTOM_INTERVAL, "The 'customInterval' field must be an integer > 0.");
  }

  private static RequestException invalidPeriod() {
    return new RequestException(
        ErrorCode.INVALID_PERIOD, "The 'period' field must be an integer >= 0.");
  }

  static RequestException anomalyRatio() {
    return argument(
        "The 'maxAnomalyRatio' field must be less than 50% of the series points"
            + " (0 < maxAnomalyRatio < 0.5).");
  }

  static RequestException sensitivity() {
    return argument("The 'sensitivity' field must be an integer between 0 and 99.");
  }

  static RequestException stableTrendWindow() {
    return argument(
        "The 'stableTrendWindow' field must be an integer >= 3 and less than half of the length of"
            + " 'series'.");
  }

  static RequestException threshold() {
    return argument("The 'threshold' field must be a float between 0.01 and 0.99.");
  }

  static RequestException series(String message) {
    return new RequestException(ErrorCode.INVALID_SERIES, message);
  }

  private static RequestException bad(String message) {
    return new RequestException(ErrorCode.BAD_ARGUMENT, message);
  }

  private static RequestException argument(String message) {
    return new RequestException(ErrorCode.INVALID_MODEL_ARGUMENT, message);
  }
}
