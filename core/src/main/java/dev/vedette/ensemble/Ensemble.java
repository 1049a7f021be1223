package dev.vedette.ensemble;

import dev.vedette.Attribution;
import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Several detectors as one: the mean of their strengths, so that each has a say in the same unit.
 *
 * <p>Score ≥ 0: the mean over the members of −log10 of the share of training rows at least as
 * anomalous; 0 is as usual as can be, 2 is about "one row in a hundred". Beyond what the training
 * rows can show each strength goes on as an exponential tail does. A member that sees nothing
 * lowers the score of what only others see, so few and different members are best.
 *
 * <p>Fit and row cost what the members cost. Aggarwal and Sathe, "Theoretical Foundations and
 * Algorithms for Outlier Ensembles", SIGKDD Explorations 2015, doi:10.1145/2830544.2830549.
 *
 * @param members of the ensemble as text with {@code +} between them and {@code :} for a space,
 *     such as {@code knn:k=1+gmm:components=1}: 1 to 16 detectors of the standard catalogue
 * @param seed of the members that draw lots and do not name a seed
 */
public record Ensemble(String members, long seed) implements RowDetector {
  private static final String DEFAULT =
      "bagged-neighbor+gmm:components=1+kmeans+extended-iforest:extension=100";
  private static final int MOST = 16;

  /** Their models are ensembles. */
  private static final Set<String> NO_MEMBERS = Set.of("auto", "ensemble");

  public Ensemble {
    if (!members.equals(DEFAULT)) { // the catalogue, which reads it, needs the default first
      parse(members, seed);
    }
  }

  /** Four of different kinds that stand anomalies among the training rows, and rows that repeat. */
  public Ensemble() {
    this(DEFAULT, 42);
  }

  public Ensemble members(String members) {
    return new Ensemble(members, seed);
  }

  public Ensemble seed(long seed) {
    return new Ensemble(members, seed);
  }

  /** The members, in order. */
  public List<RowDetector> detectors() {
    return parse(members, seed);
  }

  private static List<RowDetector> parse(String members, long seed) {
    String[] texts = members.split("\\+", -1);
    Require.range("the number of members", texts.length, 1, MOST);
    return Arrays.stream(texts).map(text -> member(text.replace(':', ' '), seed)).toList();
  }

  private static RowDetector member(String text, long seed) {
    Detectors catalogue = Detectors.standard();
    RowDetector member = catalogue.parse(text);
    String name = catalogue.entry(member).name();
    Require.that(
        !NO_MEMBERS.contains(name) && !(member instanceof LabelledDetector),
        name + " is no member of an ensemble; name single detectors");
    boolean drawsLots = catalogue.text(member).contains(" seed=");
    return drawsLots && !text.contains(" seed=") ? catalogue.parse(text + " seed=" + seed) : member;
  }

  @Override
  public boolean leavesOut() {
    return detectors().stream().allMatch(RowDetector::leavesOut);
  }

  @Override
  public boolean acceptsMissing() {
    return detectors().stream().allMatch(RowDetector::acceptsMissing);
  }

  @Override
  public Fitted fit(Matrix rows) {
    return Fitted.of(this, rows, "");
  }

  /**
   * A fitted {@link Ensemble}.
   *
   * @param models of the members
   * @param scales from their scores to their strengths
   * @param note why these are the members; empty where they were asked for
   */
  public record Fitted(Ensemble detector, RowModel[] models, Strength[] scales, String note)
      implements RowModel {
    public Fitted {
      Require.that(
          models.length > 0 && models.length == scales.length, "one scale for each of the members");
      for (RowModel model : models) {
        Require.that(!(model instanceof Fitted), "an ensemble is no member of an ensemble");
        Require.that(model.columns() == models[0].columns(), "the members differ in width");
      }
    }

    /** Fits the members one after the other. */
    public static Fitted of(Ensemble detector, Matrix rows, String note) {
      RowModel[] models =
          detector.detectors().stream().map(member -> member.fit(rows)).toArray(RowModel[]::new);
      Strength[] scales =
          Arrays.stream(models)
              .map(model -> Strength.of(model.scoreTraining(rows)))
              .toArray(Strength[]::new);
      return new Fitted(detector, models, scales, note);
    }

    @Override
    public int columns() {
      return models[0].columns();
    }

    @Override
    public double score(double[] row) {
      double sum = 0;
      for (int m = 0; m < models.length; m++) {
        sum += scales[m].at(models[m].score(row));
      }
      return sum / models.length;
    }

    @Override
    public double[] score(Matrix rows) {
      return fuse(Arrays.stream(models).map(model -> model.score(rows)).toArray(double[][]::new));
    }

    @Override
    public double[] scoreTraining(Matrix training) {
      return fuse(
          Arrays.stream(models)
              .map(model -> model.scoreTraining(training))
              .toArray(double[][]::new));
    }

    private double[] fuse(double[][] scores) {
      double[] fused = new double[scores[0].length];
      for (int i = 0; i < fused.length; i++) {
        double sum = 0;
        for (int m = 0; m < models.length; m++) {
          sum += scales[m].at(scores[m][i]);
        }
        fused[i] = sum / models.length;
      }
      return fused;
    }

    /**
     * Each member's attribution, in strength: on the straight line from the strength of its base to
     * that of its score. Normal is the median of what the members call so.
     */
    @Override
    public Attribution attribute(double[] row) {
      return fuse(
          Arrays.stream(models).map(model -> model.attribute(row)).toArray(Attribution[]::new));
    }

    @Override
    public Attribution attributeTraining(Matrix training, int row) {
      return fuse(
          Arrays.stream(models)
              .map(model -> model.attributeTraining(training, row))
              .toArray(Attribution[]::new));
    }

    private Attribution fuse(Attribution[] parts) {
      double[] contributions = new double[columns()];
      double[] normal = new double[columns()];
      Arrays.setAll(
          normal,
          j ->
              Quantiles.median(
                  Arrays.stream(parts).mapToDouble(part -> part.normal()[j]).toArray()));
      double score = 0;
      double base = 0;
      for (int m = 0; m < parts.length; m++) {
        Attribution part = parts[m];
        double strength = scales[m].at(part.score());
        double rise = strength - scales[m].at(part.base());
        double way = part.score() - part.base();
        double slope = way == 0 ? 0 : rise / way / parts.length;
        score += strength / parts.length;
        base += strength / parts.length;
        for (int j = 0; j < contributions.length; j++) {
          double contribution = slope * part.contributions()[j];
          contributions[j] += contribution;
          base -= contribution;
        }
      }
      return new Attribution(score, base, contributions, normal);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Fitted that
          && detector.equals(that.detector)
          && Arrays.equals(models, that.models)
          && Arrays.equals(scales, that.scales);
    }

    @Override
    public int hashCode() {
      return 31 * detector.hashCode() + Arrays.hashCode(scales);
    }
  }
}
