package dev.vedette.boost;

import dev.vedette.labelled.BoostedTrees;
import dev.vedette.labelled.TreeLibrary;
import dev.vedette.labelled.Trees;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import org.jspecify.annotations.Nullable;

/**
 * Grows trees with LightGBM, on one thread, so that the same rows give the same trees. Needs the
 * OpenMP runtime of the machine (Debian: libgomp1). Ke et al., "LightGBM: A Highly Efficient
 * Gradient Boosting Decision Tree", NIPS 2017.
 */
public final class LightGbm implements TreeLibrary {
  /** So many trees more without a better log loss on the rows judged, and it stops. */
  private static final int PATIENCE = 20;

  private static final String FIXED =
      "objective=binary metric=binary_logloss boosting=gbdt verbosity=-1 num_threads=1"
          + " deterministic=true force_row_wise=true min_data_in_leaf=5 lambda_l2=1"
          + " min_sum_hessian_in_leaf=0.001 feature_pre_filter=false";

  /** Found by {@link java.util.ServiceLoader}. */
  public LightGbm() {}

  @Override
  public Trees grow(BoostedTrees options, Examples training, @Nullable Examples judged) {
    NativeCode.load();
    String parameters =
        "%s num_leaves=%d learning_rate=%s seed=%d"
            .formatted(
                FIXED,
                options.leaves(),
                Double.toString(options.learningRate()),
                options.stacking().seed() & Integer.MAX_VALUE);
    try (LGBMDataset rows = dataset(training, parameters, null);
        LGBMBooster booster = LGBMBooster.create(rows, parameters)) {
      if (judged == null) {
        grow(booster, options.trees());
      } else {
        try (LGBMDataset others = dataset(judged, parameters, rows)) {
          booster.addValidData(others);
          growWhileBetter(booster, options.trees());
        }
      }
      return LightGbmText.read(
          booster.saveModelToString(0, -1, LGBMBooster.FeatureImportanceType.SPLIT));
    } catch (LGBMException e) {
      throw new IllegalStateException("LightGBM failed: " + e.getMessage(), e);
    }
  }

  private static LGBMDataset dataset(
      Examples examples, String parameters, @Nullable LGBMDataset like) throws LGBMException {
    int rows = examples.anomalies().length;
    LGBMDataset dataset =
        LGBMDataset.createFromMat(
            examples.values(), rows, examples.columns(), true, parameters, like);
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = examples.anomalies()[i] ? 1 : 0;
    }
    dataset.setField("label", labels);
    dataset.setField("init_score", examples.offsets());
    return dataset;
  }

  private static void grow(LGBMBooster booster, int trees) throws LGBMException {
    boolean finished = false;
    for (int t = 0; t < trees && !finished; t++) {
      finished = booster.updateOneIter();
    }
  }

  private static void growWhileBetter(LGBMBooster booster, int trees) throws LGBMException {
    double best = Double.POSITIVE_INFINITY;
    int since = 0;
    boolean finished = false;
    for (int t = 0; t < trees && since < PATIENCE && !finished; t++) {
      finished = booster.updateOneIter();
      double loss = booster.getEval(1)[0];
      since = loss < best ? 0 : since + 1;
      best = Math.min(loss, best);
    }
  }
}
