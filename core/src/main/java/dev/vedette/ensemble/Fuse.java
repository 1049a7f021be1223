package dev.vedette.ensemble;

import dev.vedette.OptionText;
import dev.vedette.Require;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How the calibrated scores of several detectors become one; higher is more anomalous. All take the
 * detectors that have a say, at least one, by their strength: −log10 of the share of normal events
 * at least as anomalous, so that 3 is "one in a thousand" for every detector.
 */
public sealed interface Fuse {
  /**
   * The fused score. O(detectors), no allocation.
   *
   * @param strengths of the detectors, each 0 or more
   * @param weights of the detectors, each 0 or more, with a sum of more than 0
   * @param count how many of both are to be used
   */
  double fuse(double[] strengths, double[] weights, int count);

  /** One of each kind with its default options, the best to start with first. */
  static List<Fuse> defaults() {
    return List.of(new Weighted(), new Maximum(), new Vote(), new Rank());
  }

  /**
   * Reads one, such as {@code weighted} or {@code vote strength=3}.
   *
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  static Fuse parse(String text) {
    var known = new LinkedHashMap<String, Fuse>();
    defaults().forEach(fuse -> known.put(fuse.name(), fuse));
    return OptionText.parse("fuse", known, text);
  }

  /** The name in text, such as {@code weighted}. */
  default String name() {
    return OptionText.kebab(getClass().getSimpleName());
  }

  /** The weighted mean of the strengths: all detectors have a say, one that is sure is heard. */
  record Weighted() implements Fuse {
    @Override
    public double fuse(double[] strengths, double[] weights, int count) {
      double sum = 0;
      double total = 0;
      for (int i = 0; i < count; i++) {
        sum += weights[i] * strengths[i];
        total += weights[i];
      }
      return sum / total;
    }
  }

  /**
   * The highest strength, whatever the others say: finds what only one detector sees. Weights count
   * as factors relative to the highest.
   */
  record Maximum() implements Fuse {
    @Override
    public double fuse(double[] strengths, double[] weights, int count) {
      double heaviest = 0;
      double highest = 0;
      for (int i = 0; i < count; i++) {
        heaviest = Math.max(heaviest, weights[i]);
        highest = Math.max(highest, weights[i] * strengths[i]);
      }
      return highest / heaviest;
    }
  }

  /**
   * The share of the detectors, by weight, that call the event an anomaly; where that is equal, the
   * weighted mean of the strengths decides.
   *
   * @param strength from which a detector votes for an anomaly: 2 is "one in a hundred", 0.3 to 300
   */
  record Vote(double strength) implements Fuse {
    public Vote {
      Require.range("strength", strength, 0.3, 300);
    }

    public Vote() {
      this(2);
    }

    @Override
    public double fuse(double[] strengths, double[] weights, int count) {
      double votes = 0;
      double sum = 0;
      double total = 0;
      double lightest = Double.MAX_VALUE;
      for (int i = 0; i < count; i++) {
        votes += strengths[i] >= strength ? weights[i] : 0;
        sum += weights[i] * strengths[i];
        total += weights[i];
        if (weights[i] > 0) {
          lightest = Math.min(lightest, weights[i]);
        }
      }
      double mean = sum / total;
      return (votes + lightest * mean / (1 + mean)) / total;
    }
  }

  /** The weighted mean of the ranks among recent events, 0 (lowest) to 1: no tail counts twice. */
  record Rank() implements Fuse {
    @Override
    public double fuse(double[] strengths, double[] weights, int count) {
      double sum = 0;
      double total = 0;
      for (int i = 0; i < count; i++) {
        sum += weights[i] * (1 - Math.pow(10, -strengths[i]));
        total += weights[i];
      }
      return sum / total;
    }
  }
}
