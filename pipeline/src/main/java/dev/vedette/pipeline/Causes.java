package dev.vedette.pipeline;

import dev.vedette.Attribution;
import dev.vedette.pipeline.feature.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts together why the members that found an event strange did so. */
final class Causes {
  private static final int MOST = 5;
  private static final double LEAST_SHARE = 0.03;

  private final List<String> names;
  private final List<Wording> wordings;
  private final Refitting refitting;

  /**
   * @param names the texts of the features
   * @param wordings how they are said to people
   */
  Causes(List<String> names, List<Wording> wordings, Refitting refitting) {
    this.names = names;
    this.wordings = wordings;
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
    var others = new ArrayList<Cause>();
    for (int j = 0; j < parts.length; j++) {
      if (sum > 0 && parts[j] >= LEAST_SHARE * sum) {
        double usual = told[j] > 0 ? normal[j] : refitting.typical(j);
        Wording wording = wordings.get(j);
        String text = wording.text(row[j], usual);
        var cause = new Cause(names.get(j), row[j], usual, parts[j] / sum, text);
        (wording.explains(row[j], usual) ? causes : others).add(cause);
      }
    }
    if (causes.isEmpty()) {
      causes = others; // an empty answer would explain even less
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
}
