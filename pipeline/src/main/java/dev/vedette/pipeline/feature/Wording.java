package dev.vedette.pipeline.feature;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a feature's part in a decision is said to people: as a sentence where the feature is yes or
 * no, as odds where it is a surprise, and without logarithms.
 */
public final class Wording {
  private static final int DIGITS = 3;

  /** What is "about" so much needs fewer digits. */
  private static final int ROUGH = 2;

  private static final String[] SIZES = {"bytes", "KB", "MB", "GB", "TB"};

  /** What kind of number a feature is. */
  private enum Kind {
    PLAIN,
    SIGNED,
    FLAG,
    ODDS,
    LOG,
    TIMES,
    OFFSET,
    SPREADS,
    UNUSUAL,
    TOGETHER
  }

  private final String name;
  private final String subject;
  private final String unit;
  private final Kind kind;

  private Wording(String name, String subject, String unit, Kind kind) {
    this.name = name;
    this.subject = subject;
    this.unit = unit;
    this.kind = kind;
  }

  /**
   * @param text the feature as the file has it
   * @param name what people call it; null where the file does not say
   * @param unit what follows its numbers, such as "km/h"; {@code %} of a share, {@code bytes} and
   *     {@code bytes/s} are scaled; "" is none
   */
  static Wording of(String text, Expression feature, @Nullable String name, String unit) {
    String subject = name == null ? subject(text, feature) : name;
    return new Wording(name == null ? text : name, subject, unit, kind(feature));
  }

  private static Kind kind(Expression feature) {
    return switch (feature) {
      case Expression.Missing missing -> Kind.FLAG;
      case Expression.Novel novel -> Kind.FLAG;
      case Expression.Change change -> Kind.FLAG;
      case Expression.Category category -> Kind.ODDS;
      case Expression.Surprise surprise -> Kind.ODDS;
      case Expression.HourSurprise surprise -> Kind.ODDS;
      case Expression.ClockSurprise surprise -> Kind.ODDS;
      case Expression.Amount amount -> amount.log() ? Kind.LOG : Kind.PLAIN;
      case Expression.Log log -> Kind.LOG;
      case Expression.Deviation deviation -> deviation.of().log() ? Kind.TIMES : Kind.OFFSET;
      case Expression.Zscore zscore -> Kind.SPREADS;
      case Expression.Unusual unusual -> unusual.of().size() == 1 ? Kind.UNUSUAL : Kind.TOGETHER;
      case Expression.Difference difference -> Kind.SIGNED;
      default -> Kind.PLAIN;
    };
  }

  /** What the sentence is about where the file has no name for it. */
  private static String subject(String text, Expression feature) {
    return switch (feature) {
      case Expression.Missing missing -> missing.field() + " is missing";
      case Expression.Novel novel -> novel.field() + " is new";
      case Expression.Change change -> change.field() + " has changed";
      case Expression.Category category -> category.field();
      case Expression.Surprise surprise -> surprise.field();
      case Expression.HourSurprise surprise -> "the hour";
      case Expression.ClockSurprise surprise -> surprise.field();
      case Expression.Amount amount -> amount.field();
      case Expression.Log log -> inner(text);
      case Expression.Deviation deviation -> deviation.of().field();
      case Expression.Zscore zscore -> zscore.of().field();
      case Expression.Unusual unusual -> together(unusual.of());
      default -> text;
    };
  }

  /** "a, b and c". */
  private static String together(List<Expression.Amount> of) {
    List<String> fields = of.stream().map(Expression.Amount::field).toList();
    String last = fields.getLast();
    return fields.size() == 1
        ? last
        : String.join(", ", fields.subList(0, fields.size() - 1)) + " and " + last;
  }

  /** {@code log(x)} without the logarithm. */
  private static String inner(String text) {
    return text.substring(text.indexOf('(') + 1, text.lastIndexOf(')')).strip();
  }

  /** The name for people: as the file says, or the feature's text. */
  public String name() {
    return name;
  }

  /**
   * Whether a value can be a reason at all: yes or no and surprises are none where they are less
   * than usual.
   *
   * @param normal NaN where it is not known
   */
  public boolean explains(double value, double normal) {
    return (kind != Kind.FLAG && kind != Kind.ODDS) || !(value <= normal);
  }

  /**
   * The sentence, such as "amount is 4000, normally about 30".
   *
   * @param value NaN where it is missing
   * @param normal NaN where it is not known
   */
  public String text(double value, double normal) {
    if (Double.isNaN(value)) {
      return subject + (kind == Kind.FLAG ? ": not known" : " is missing");
    }
    return switch (kind) {
      case FLAG -> value == 1 ? subject : subject + ": no";
      case TIMES -> subject + " is " + number(Math.exp(value), DIGITS) + " times the usual";
      case OFFSET -> subject + " is " + aside(value, unit);
      case SPREADS -> subject + " is " + aside(value, value == 1 ? "spread" : "spreads");
      case UNUSUAL ->
          subject + " is " + aside(value, value == 1 ? "spread" : "spreads") + " at this time";
      case TOGETHER ->
          "%s: together unusual by %s%s"
              .formatted(
                  subject, number(value, DIGITS), usual(normal, number(normal, ROUGH), "about "));
      case ODDS ->
          "%s is as rare as %s%s".formatted(subject, odds(value), usual(normal, odds(normal), ""));
      default ->
          "%s is %s%s"
              .formatted(
                  subject, shown(value, DIGITS), usual(normal, shown(normal, ROUGH), "about "));
    };
  }

  private static String usual(double normal, String shown, String about) {
    return Double.isNaN(normal) ? "" : ", normally " + about + shown;
  }

  private String aside(double value, String unit) {
    String size = with(unit, Math.abs(value), DIGITS);
    return size + (value < 0 ? " below the usual" : " above the usual");
  }

  private String shown(double value, int digits) {
    double natural =
        kind == Kind.LOG ? Math.copySign(Math.expm1(Math.abs(value)), value) + 0.0 : value;
    return (kind == Kind.SIGNED && natural > 0 ? "+" : "") + with(unit, natural, digits);
  }

  private static String with(String unit, double value, int digits) {
    if (unit.equals("%")) {
      return number(100 * value, digits) + " %";
    }
    if (!unit.equals("bytes") && !unit.equals("bytes/s")) {
      return unit.isEmpty() ? number(value, digits) : number(value, digits) + " " + unit;
    }
    int size = 0;
    double scaled = value;
    while (Math.abs(scaled) >= 1024 && size < SIZES.length - 1) {
      scaled /= 1024;
      size++;
    }
    return number(scaled, digits) + " " + SIZES[size] + unit.substring("bytes".length());
  }

  /** "1 in 1,200" for a surprise in bits. */
  private static String odds(double bits) {
    return bits <= 1 ? "1 in 2 or more" : "1 in " + number(twoDigits(Math.pow(2, bits)), ROUGH);
  }

  private static double twoDigits(double odds) {
    double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(odds)) - 1));
    return Math.rint(odds / step) * step;
  }

  /** So many significant digits, without an exponent where that stays short. */
  static String number(double value, int digits) {
    double size = Math.abs(value);
    if (size >= 1e10 || (size > 0 && size < 1e-4)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    if (value == Math.rint(value) || size >= 1_000) {
      return String.format(Locale.ROOT, size >= 10_000 ? "%,.0f" : "%.0f", value);
    }
    int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
