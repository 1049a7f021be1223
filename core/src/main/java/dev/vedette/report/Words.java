package dev.vedette.report;

import dev.vedette.evaluate.Confusion;
import dev.vedette.explain.Direction;
import dev.vedette.explain.Input;
import java.util.regex.Pattern;

/** What the report says in sentences. */
final class Words {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+|\\d{1,3}(,\\d{3})+)(\\.\\d+)?([eE][-+]?\\d+)?");

  private Words() {}

  /** The finding in one sentence. */
  static String headline(long flagged, long rows) {
    if (rows == 0) {
      return "There were no rows to look at";
    }
    if (flagged == 0) {
      return rows == 1
          ? "The one row belongs"
          : "None of " + Figures.count(rows) + " rows stands out";
    }
    if (flagged >= rows) {
      return rows == 1
          ? "The one row does not belong"
          : "All " + Figures.count(rows) + " rows were flagged";
    }
    return "%s of %s do%s not belong (%s)"
        .formatted(
            Figures.count(flagged),
            Figures.count(rows, "row"),
            flagged == 1 ? "es" : "",
            Figures.percent(flagged, rows));
  }

  /** How the flags compare with the labels. */
  static String outcome(Confusion counts) {
    long anomalies = (long) counts.tp() + counts.fn();
    long flags = (long) counts.tp() + counts.fp();
    String found =
        anomalies == 0
            ? "None of the rows is labelled an anomaly"
            : "%s of the %s labelled %s found (%s)"
                .formatted(
                    Figures.count(counts.tp()),
                    Figures.count(anomalies),
                    anomalies == 1 ? "anomaly was" : "anomalies were",
                    Figures.percent(counts.tp(), anomalies));
    if (flags == 0) {
      return found + "; nothing was flagged.";
    }
    return "%s; %s of the %s %s."
        .formatted(
            found,
            counts.fp() == 0 ? "none" : Figures.count(counts.fp()),
            Figures.count(flags, "flag"),
            counts.fp() == 1 || counts.fp() == 0 ? "was a false alarm" : "were false alarms");
  }

  /** How rare a score is; empty where that is not known. */
  static String rarity(double pValue) {
    if (Double.isNaN(pValue)) {
      return "";
    }
    if (pValue == 0) {
      return "no normal row scores this high";
    }
    if (pValue > 0.5) {
      return "most normal rows score this high";
    }
    double every = 1 / pValue;
    String rows = every < 10 ? Figures.count(Math.round(every)) : Figures.number(rounded(every));
    return "about 1 in " + rows + " normal rows scores this high";
  }

  private static double rounded(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return Math.rint(value / unit) * unit;
  }

  /** Adds why a row stands out, such as "amount 9812 is far above the usual 34". */
  static void reason(Markup out, Input input) {
    out.raw("<b>").data(input.column(), 60).raw("</b> ");
    boolean known = !input.normal().isBlank();
    if (input.direction() == Direction.MISSING) {
      out.raw("is missing");
      if (known) {
        out.raw("; usual is ").data(input.normal(), 80);
      }
      return;
    }
    if (input.value().isBlank()) {
      out.raw("(empty)");
    } else {
      out.raw("<span class=\"val\">").data(input.value(), 80).raw("</span>");
    }
    out.raw(relation(input, known));
    if (known) {
      out.data(input.normal(), 80);
    }
  }

  private static String relation(Input input, boolean known) {
    return switch (input.direction()) {
      case HIGH ->
          known ? " is " + far(input.value(), input.normal()) + "above the usual " : " is high";
      case LOW ->
          known ? " is " + far(input.normal(), input.value()) + "below the usual " : " is low";
      case CHANGE -> known ? " is at a change of the level; " : " is at a change of the level";
      case USUAL -> known ? " does not fit the rest; usual is " : " does not fit the rest";
      case UNUSUAL, MISSING -> known ? " is unusual; usual is " : " is unusual";
    };
  }

  /** "far " where the greater is positive and at least twice the lesser, read as plain numbers. */
  private static String far(String greater, String lesser) {
    if (!NUMBER.matcher(greater).matches() || !NUMBER.matcher(lesser).matches()) {
      return "";
    }
    double more = Double.parseDouble(greater.replace(",", ""));
    double less = Double.parseDouble(lesser.replace(",", ""));
    return more > 0 && less >= 0 && more >= 2 * less ? "far " : "";
  }
}
