package dev.vedette.azure;

import dev.vedette.Detectors;
import dev.vedette.ModelFileException;
import dev.vedette.Models;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import dev.vedette.math.Parallel;
import dev.vedette.series.VariableGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A trained {@link Multivariate}. Its score is 0 to 2, from the score s of the graph and the limit
 * l as 2 s / (s + l): a point is an anomaly above 1.
 *
 * @param limit of the score of the graph
 */
public record MultivariateModel(
    Multivariate detector,
    VariableGraph.Fitted graph,
    double limit,
    MultivariateDiagnostics diagnostics)
    implements SeriesModel {
  private static final int MOST_CONTRIBUTORS = 30;
  private static final int MOST_CHANGED = 10;

  private static final Detectors CATALOGUE =
      Detectors.standard()
          .and(
              "multivariate",
              new Multivariate(),
              "the multivariate part of the Azure-compatible service",
              "read O(d · n)");

  public MultivariateModel {
    Require.that(limit > 0 && limit < Double.MAX_VALUE, "a limit is a positive number");
  }

  /** Loads the model in {@code path}. */
  public static MultivariateModel load(Path path) {
    if (Models.loadSeries(path, CATALOGUE) instanceof MultivariateModel model) {
      return model;
    }
    throw new ModelFileException(path + " holds a model of another kind");
  }

  /** Saves this model; {@link #load} reads it back. */
  public void save(Path path) {
    Models.save(this, path, CATALOGUE);
  }

  /** The names of the variables, in the order of the model. */
  public List<String> names() {
    return graph.names();
  }

  @Override
  public int variables() {
    return graph.variables();
  }

  @Override
  public Reading read(Series later) {
    return scaled(graph.read(later));
  }

  @Override
  public Reading readTraining(Series history) {
    return scaled(graph.readTraining(history));
  }

  private Reading scaled(Reading reading) {
    double[] score = reading.score();
    double[][] contribution = reading.contribution();
    for (int i = 0; i < score.length; i++) {
      double factor = 2 / (score[i] + limit);
      score[i] *= factor;
      for (double[] each : contribution) {
        each[i] *= factor;
      }
    }
    return new Reading(score, reading.expected(), reading.spread(), contribution);
  }

  /**
   * Judges the points of {@code data} that were asked for, each in the light of those before it.
   * O(d · n), and O(contributors · d · slidingWindow) for each anomaly.
   *
   * @param data exactly the variables of the model, in any order
   * @param contributors how many variables explain an anomaly at most; never more than 30, each
   *     with the ten others whose correlation with it changed most
   * @throws MultivariateException with {@code NotEnoughInput} when there are fewer points than the
   *     sliding window, {@code FileNotExist} and {@code RedundantFile} for other variables
   */
  public List<MultivariateVerdict> detect(MultivariateData data, int contributors) {
    Series series = inOrder(data.series());
    int window = detector.slidingWindow();
    MultivariateException.unless(
        series.points() >= window, "NotEnoughInput", notEnough(series.points(), window));
    Reading reading = read(series);
    var verdicts = new MultivariateVerdict[series.points() - data.first()];
    Parallel.blocks(
        verdicts.length,
        64,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            verdicts[n] = verdict(series, reading, data.first() + n, contributors);
          }
        });
    return List.of(verdicts);
  }

  static String notEnough(int points, int window) {
    return ("Not enough data. The length of data is %s, but the minimum length should be larger"
            + " than sliding window, which is %s.")
        .formatted(points, window);
  }

  private Series inOrder(Series series) {
    List<String> given = series.names();
    for (String name : names()) {
      MultivariateException.unless(
          given.contains(name), "FileNotExist", "File %s does not exist.".formatted(name));
    }
    for (String name : given) {
      MultivariateException.unless(
          names().contains(name), "RedundantFile", "File %s is redundant.".formatted(name));
    }
    return given.equals(names())
        ? series
        : Series.of(
            names(),
            series.times(),
            names().stream()
                .map(name -> series.values(given.indexOf(name)))
                .toArray(double[][]::new));
  }

  private MultivariateVerdict verdict(Series series, Reading reading, int i, int contributors) {
    if (i < detector.slidingWindow() - 1) {
      return new MultivariateVerdict(series.time(i), false, false, 0, 0, List.of());
    }
    double score = reading.score()[i];
    boolean anomaly = score > 1;
    return new MultivariateVerdict(
        series.time(i),
        true,
        anomaly,
        anomaly ? score - 1 : 0,
        score,
        anomaly ? interpretation(series, reading, i, contributors) : List.of());
  }

  private List<MultivariateVerdict.Contributor> interpretation(
      Series series, Reading reading, int i, int contributors) {
    int[] order =
        IntStream.range(0, variables())
            .boxed()
            .sorted(Comparator.comparingDouble(v -> -reading.contribution()[v][i]))
            .limit(Math.min(contributors, MOST_CONTRIBUTORS))
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Integer, List<String>> changed = new HashMap<>();
    for (VariableGraph.Change change : graph.changes(series, i, order)) {
      List<String> others = changed.computeIfAbsent(change.one(), one -> new ArrayList<>());
      if (others.size() < MOST_CHANGED) {
        others.add(names().get(change.other()));
      }
    }
    var interpretation = new ArrayList<MultivariateVerdict.Contributor>();
    for (int v : order) {
      double share = reading.contribution()[v][i] / reading.score()[i];
      interpretation.add(
          new MultivariateVerdict.Contributor(
              names().get(v), Math.min(1, share), List.copyOf(changed.getOrDefault(v, List.of()))));
    }
    return List.copyOf(interpretation);
  }
}
