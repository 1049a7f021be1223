package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Reading.Component;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Chooses a detector by what kind of series it is ({@link SeriesTraits}); the note of the model
 * tells the choice in one sentence.
 *
 * <p>A series that repeats, or whose level is steady or changes slowly, is left to {@link
 * SeasonalEsd} with the seasons found; one whose level wanders and does not repeat to {@link
 * MovingMedian}. Several variables are judged each by itself, and the highest score counts; {@code
 * variable-graph} and others look at how variables go together.
 *
 * <p>Score: robust standard deviations from what is expected at the time; above 4 to 5 is rare.
 * Missing values may be NaN. O(d · n log n).
 *
 * @param period points in a season; 0 to find seasons
 */
public record SeriesAuto(int period) implements SeriesDetector {
  private static final int WINDOW = 25;

  public SeriesAuto {
    Periods.requirePeriod(period);
  }

  /** Seasons are found. */
  public SeriesAuto() {
    this(0);
  }

  public SeriesAuto period(int period) {
    return new SeriesAuto(period);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public boolean univariate() {
    return false;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(history.variables(), true);
    Outlook.requirePoints(history, SeasonalEsd.FEWEST);
    SeriesModel[] models = new SeriesModel[history.variables()];
    String[] notes = new String[models.length];
    for (int v = 0; v < models.length; v++) {
      Series one = history.only(v);
      Grid grid = Grid.of(one);
      double[] values = Grid.values(one, grid.slots(one));
      if (period > 0) {
        models[v] = new SeasonalEsd().period(period).fit(one);
        notes[v] = "seasonal-esd, as the period is given";
      } else {
        SeriesTraits traits = SeriesTraits.of(one, values);
        models[v] =
            traits.wanders()
                ? new MovingMedian(WINDOW).fit(one)
                : new SeasonalEsd().fit(grid, values, Periods.lengths(values, traits.seasons()));
        notes[v] = (traits.wanders() ? "moving-median, as " : "seasonal-esd, as ") + traits.words();
      }
    }
    return new Fitted(this, models, note(history, notes));
  }

  private static String note(Series history, String[] notes) {
    return notes.length == 1
        ? notes[0]
        : IntStream.range(0, notes.length)
            .mapToObj(v -> history.names().get(v) + ": " + notes[v])
            .collect(Collectors.joining("; "));
  }

  /**
   * A fitted {@link SeriesAuto}.
   *
   * @param models one per variable
   * @param note the choice in words
   */
  public record Fitted(SeriesAuto detector, SeriesModel[] models, String note)
      implements SeriesModel {
    public Fitted {
      Require.that(models.length > 0, "there are no models");
      for (SeriesModel model : models) {
        Require.that(model.variables() == 1, "a model looks at several variables");
      }
    }

    @Override
    public int variables() {
      return models.length;
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(models.length, true);
      return together(later, false);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(models.length, true);
      return together(history, true);
    }

    private Reading together(Series series, boolean training) {
      Reading[] readings = new Reading[models.length];
      for (int v = 0; v < models.length; v++) {
        Series one = series.only(v);
        readings[v] = training ? models[v].readTraining(one) : models[v].read(one);
      }
      return models.length == 1 ? readings[0] : highest(readings, series.points());
    }

    /** The highest score counts; the variables share in it by the squares of their own. */
    private static Reading highest(Reading[] readings, int points) {
      int variables = readings.length;
      double[] score = new double[points];
      double[][] contribution = new double[variables][points];
      for (int i = 0; i < points; i++) {
        double squares = 0;
        for (Reading reading : readings) {
          double own = reading.score()[i];
          score[i] = Math.max(score[i], own);
          squares += own * own;
        }
        for (int v = 0; v < variables; v++) {
          double own = readings[v].score()[i];
          contribution[v][i] = squares > 0 ? score[i] * (own * own / squares) : 0;
        }
      }
      double[][] expected = new double[variables][];
      double[][] spread = new double[variables][];
      for (int v = 0; v < variables; v++) {
        expected[v] = readings[v].expected()[0];
        spread[v] = readings[v].spread()[0];
      }
      boolean band = Arrays.stream(readings).allMatch(Reading::band);
      return new Reading(score, expected, spread, contribution, components(readings), band);
    }

    /** The parts of all variables; 0 where a variable has no such part. */
    private static List<Component> components(Reading[] readings) {
      double[] none = new double[readings[0].score().length];
      Map<String, double[][]> byName = new LinkedHashMap<>();
      for (int v = 0; v < readings.length; v++) {
        for (Component part : readings[v].components()) {
          byName.computeIfAbsent(part.name(), name -> all(none, readings.length))[v] =
              part.values()[0];
        }
      }
      return byName.entrySet().stream()
          .map(part -> new Component(part.getKey(), part.getValue()))
          .toList();
    }

    private static double[][] all(double[] none, int variables) {
      double[][] values = new double[variables][];
      Arrays.fill(values, none);
      return values;
    }
  }
}
