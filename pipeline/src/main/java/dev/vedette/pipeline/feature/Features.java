package dev.vedette.pipeline.feature;

import dev.vedette.StreamingDetector;
import dev.vedette.math.Seeds;
import dev.vedette.pipeline.Archive;
import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The features a pipeline file declares, each a column of the rows its detectors see. What can be
 * written:
 *
 * <ul>
 *   <li>{@code amount}: the number in a field, flags being 1 and 0; {@code log(x)}: sign(x) ln(1 +
 *       |x|) of any feature; {@code missing(field)}: 1 or 0
 *   <li>{@code hour(at)}, 0 to 24, and {@code weekday(at)}, Monday being 1; {@code hour(at,
 *       Europe/Berlin)} in a time zone
 *   <li>{@code category(field)}: the surprise of a value, -log2 of its share among all events so
 *       far
 *   <li>{@code count(1h)}, {@code rate(1h)} in events per hour, {@code sum}, {@code mean}, {@code
 *       std}, {@code min} and {@code max(field, 30d)}, also of {@code log(field)}, {@code
 *       distinct(field, 1d)}: over past events of the key
 *   <li>{@code zscore(field, 90d)}: the deviation from the mean of the key in its standard
 *       deviation, which is drawn to that of all keys while there are few events
 *   <li>{@code unusual(field)}: how many spreads the number is from what is usual for this key at
 *       this time, as a detector of series that learns point by point sees it; {@code
 *       unusual(field, "ets period=24")} by another than the default; {@code unusual(together(a,
 *       b), "rolling detector=pca-monitor")}: the score of several numbers as one series
 *   <li>{@code ratio(x, y)}, {@code difference(x, y)} of any features
 *   <li>{@code surprise(field, 90d)}, {@code surprise(hour(at), 90d)}: -log2 of the share of a
 *       value in the past of the key, which is drawn to that of all keys while there are few events
 *   <li>{@code novel(field, 90d)}: 1 if the key did not have this value; {@code change(field)}: 1
 *       if it differs from the last one
 *   <li>{@code since_last()}: seconds since the last event of the key; {@code since_last(field)}:
 *       since the last with the same value
 *   <li>{@code speed(latitude, longitude)}: the lowest speed in km/h that brings the key here from
 *       one of its last three places; 0 below 1 km
 * </ul>
 *
 * <p>A window is {@code 30s}, {@code 10m}, {@code 1h} or {@code 30d}, sliding with the event to a
 * 30th of its length; {@code tumbling 1d}, from the last whole day in UTC on; or {@code 50 events},
 * the last of the key. A name of other characters than letters, digits and {@code _.-/:+@#$} is put
 * in double quotes. An event that comes late is put where it belongs, if its window reaches so far.
 * Immutable.
 */
public final class Features {
  private static final Duration LONGEST = Duration.ofDays(1_000_000);

  private final List<String> names;
  private final List<Expression> expressions;
  private final Plan plan;

  private Features(List<String> names, List<Expression> expressions) {
    this.names = names;
    this.expressions = expressions;
    this.plan = Planner.plan(expressions);
  }

  /**
   * Reads one text for each feature, such as {@code ratio(amount, mean(amount, 30d))}. Any name is
   * taken for the time of the event in {@code hour} and {@code weekday}.
   *
   * @throws IllegalArgumentException naming the text, the place in it and what can be written
   */
  public static Features parse(List<String> texts) {
    return read(texts, null);
  }

  /**
   * As {@link #parse(List)}, where only {@code time} is the time of the event.
   *
   * @throws IllegalArgumentException naming the text, the place in it and what can be written
   */
  public static Features parse(List<String> texts, String time) {
    return read(texts, time);
  }

  private static Features read(List<String> texts, @Nullable String time) {
    List<Expression> expressions =
        texts.stream().map(text -> FeatureReader.read(text, time)).toList();
    return new Features(List.copyOf(texts), expressions);
  }

  /** The texts, one for each column. */
  public List<String> names() {
    return names;
  }

  /**
   * How feature {@code column} is said to people.
   *
   * @param name what people call it; null where its text has to do
   * @param unit what follows its numbers, such as "km/h"; {@code %} of a share, {@code bytes} and
   *     {@code bytes/s} are scaled; "" is none
   */
  public Wording wording(int column, @Nullable String name, String unit) {
    return Wording.of(names.get(column), expressions.get(column), name, unit);
  }

  /**
   * What learns the numbers in {@code field} as a series: the detector that an {@code unusual}
   * feature of it names, else the default.
   */
  public StreamingDetector series(String field) {
    return expressions.stream()
        .filter(each -> each instanceof Expression.Unusual unusual && names(unusual, field))
        .map(each -> ((Expression.Unusual) each).detector())
        .findFirst()
        .orElseGet(FeatureReader::series);
  }

  private static boolean names(Expression.Unusual unusual, String field) {
    return unusual.of().equals(List.of(new Expression.Amount(field, false)));
  }

  /** The fields of events that are read, in the order they are first named. */
  public List<String> fields() {
    return plan.fields();
  }

  /**
   * State that has seen nothing.
   *
   * @param bound the most bytes the keys may hold in memory; idle keys beyond it go to the archive.
   *     What is kept over all keys counts, too, and the key of the last event always stays.
   * @param timeToLive a key without events for so long, in event time, is forgotten
   * @throws IllegalArgumentException when {@code bound} or {@code timeToLive} is not positive
   */
  public FeatureState start(long bound, Duration timeToLive, Archive archive) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound is %d bytes; it is positive".formatted(bound));
    }
    if (timeToLive.isNegative() || timeToLive.isZero()) {
      throw new IllegalArgumentException("timeToLive is %s; it is positive".formatted(timeToLive));
    }
    Duration limited = timeToLive.compareTo(LONGEST) > 0 ? LONGEST : timeToLive;
    return new FeatureState(this, bound, Math.max(1, limited.toMillis()), archive);
  }

  /**
   * State that goes on where {@link FeatureState#write} left it, bit for bit.
   *
   * @param archive holds what it held then
   * @throws IOException when {@code in} fails, is damaged or of other features
   */
  public FeatureState resume(DataInput in, long bound, Duration timeToLive, Archive archive)
      throws IOException {
    FeatureState state = start(bound, timeToLive, archive);
    state.read(in);
    return state;
  }

  /** The most bytes that are kept over all keys, estimated. */
  public long sharedBytes() {
    return plan.means().size() * Means.MOST_BYTES
        + plan.dictionaries().size() * Dictionary.MOST_BYTES
        + plan.deviations().size() * Deviations.BYTES;
  }

  Plan plan() {
    return plan;
  }

  /** Tells apart the state of different features. */
  long fingerprint() {
    long hash = names.size();
    for (String name : names) {
      hash = Seeds.mix(hash ^ TextHash.of(name));
    }
    return hash;
  }
}
