package dev.vedette.pipeline;

import dev.vedette.Attribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Puts together why the members that found an event strange did so. */
final class Causes {
  private static final int MOST = 5;
  private static final double LEAST_SHARE = 0.03;

  private final List<String> names;
  private final List<String> labels;
  private final Refitting refitting;

  /**
   * @param names the texts of the features
   * @param labels what people read in their place
   */
  Causes(List<String> names, List<String> labels, Refitting refitting) {
    this.names = names;
    this.labels = labels;
    this.refitting = refitting;
  }

  /** The causes of event {@code i} of the block; {@code row} are its features. */
  List<Cause> of(Member[] members, int i, double[] row) {
    double[] parts = new double[names.size()];
    double[] normal = new double[names.size()];
    double[] told = new double[names.size()];
    for (Member member : members) {
      Attribution reason = member.speaks(i) ? member.reason(i) : null;
      if (reason != null) {
        add(member.use().weight() * member.strength(i), reason, parts, normal, told);
      }
    }
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    var causes = new ArrayList<Cause>();
    for (int j = 0; j < parts.length; j++) {
      if (sum > 0 && parts[j] >= LEAST_SHARE * sum) {
        double usual = told[j] > 0 ? normal[j] : refitting.typical(j);
        String text = text(labels.get(j), row[j], usual);
        causes.add(new Cause(names.get(j), row[j], usual, parts[j] / sum, text));
      }
    }
    causes.sort(Comparator.comparingDouble(Cause::share).reversed());
    return List.copyOf(causes.subList(0, Math.min(MOST, causes.size())));
  }

  /** Adds what one member says; of what would be normal the word of the surest counts. */
  private static void add(
      double weight, Attribution reason, double[] parts, double[] normal, double[] told) {
    double positive = 0;
    for (double contribution : reason.contributions()) {
      positive += Math.max(0, contribution);
    }
    if (!(positive > 0)) {
      return;
    }
    for (int j = 0; j < parts.length; j++) {
      double part = weight * Math.max(0, reason.contributions()[j]) / positive;
      parts[j] += part;
      if (part > told[j] && !Double.isNaN(reason.normal()[j])) {
        told[j] = part;
        normal[j] = reason.normal()[j];
      }
    }
  }

  private static String text(String label, double value, double normal) {
    String what = Double.isNaN(value) ? label + " is missing" : label + " is " + text(value);
    String usual = Double.isNaN(normal) ? "" : ", normally about " + text(normal);
    return what + usual;
  }

  /** Three significant digits, without an exponent where that stays short. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size >= 1e7 || (size > 0 && size < 1e-4)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    if (value == Math.rint(value) || size >= 1_000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
