package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;
import java.util.Objects;

/**
 * Any detector of series as a stream: it is fitted again and again to a window of the last points.
 *
 * <p>A point is read by the latest model, together with the points since that was fitted, so it
 * sees what came before it and nothing after. The score is in the unit of the detector; while the
 * model knows n points, fewer than a window, it is multiplied by (n − 1) / (n + 9), and the spread
 * divided by it, as little is known yet. The first fit is tried after {@value RollingStream#FIRST}
 * points, the next each time there are half as many again, and from then on after {@code every}
 * points. Until the detector can be fitted the score is 0. Where it refuses the window, as it has
 * too few known values or too large gaps, its former model stays; where it refuses a point, that
 * scores 0.
 *
 * <p>To a detector that does not accept missing values, a missing one is the last known one, and
 * points before the first known one are passed over. The expected value of a time that was scored
 * last is the one of that reading; of another time that of a missing value.
 *
 * <p>A point costs what the detector takes to read on average half of {@code every} points and to
 * be fitted to {@code window} points once every {@code every}; 8 bytes per point of the window and
 * variable, 8 for its time, and what the model takes. What lasts longer than the window becomes
 * usual, and what is rarer is forgotten.
 *
 * <p>Fitted to a history, it knows the last window; later points are read as a stream goes on, or,
 * where they do not follow the history, by the one model. In hindsight the history is read as it
 * came.
 *
 * @param detector of series, as text with {@code :} for a space, such as {@code
 *     seasonal-esd:period=24}, and {@code ::} for a colon; one of the standard catalogue
 * @param window points the detector is fitted to, 16 to 100,000
 * @param every so many points it is fitted again, 1 to {@code window}
 */
public record Rolling(String detector, int window, int every) implements StreamingDetector {
  private static final String DEFAULT = "seasonal-esd";

  public Rolling {
    Require.range("window", window, 16, 100_000);
    Require.range("every", every, 1, window);
    if (!detector.equals(DEFAULT)) { // the catalogue, which reads it, needs the default first
      parse(detector);
    }
  }

  /** Level and seasons of the last 1,000 points, found again every 50. */
  public Rolling() {
    this(DEFAULT, 1_000, 50);
  }

  public Rolling detector(String detector) {
    return new Rolling(detector, window, every);
  }

  public Rolling window(int window) {
    return new Rolling(detector, window, every);
  }

  public Rolling every(int every) {
    return new Rolling(detector, window, every);
  }

  private static SeriesDetector parse(String text) {
    String spaced = text.replaceAll("(?<!:):(?!:)", " ").replace("::", ":");
    SeriesDetector series = Detectors.standard().parseSeries(spaced);
    Require.that(
        !(series instanceof Rolling), "rolling is fitted again already; name another detector");
    Require.that(
        !(series instanceof Pelt),
        "pelt sees a change by the points after it; for streams take bayesian-change-points");
    return series;
  }

  /** The detector that is fitted. */
  public SeriesDetector series() {
    return parse(detector);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public boolean univariate() {
    return series().univariate();
  }

  @Override
  public RollingStream start(int variables) {
    Require.range("variables", variables, 1, univariate() ? 1 : 65_536);
    return RollingStream.started(this, variables);
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(univariate() ? 1 : history.variables(), true);
    RollingStream stream = start(history.variables());
    stream.keep(history);
    if (stream.isEmpty()) {
      throw new DataException(
          "the history has %s points; one is needed, with a known value of every variable so far"
              .formatted(history.points()));
    }
    stream.fit();
    return new Fitted(this, stream.snapshot());
  }

  /**
   * A {@link Rolling} that knows the end of a history.
   *
   * @param state just after a fit
   */
  public record Fitted(Rolling detector, RollingStream.State state) implements SeriesModel {
    public Fitted {
      Require.that(state.detector().equals(detector), "the state is of another detector");
      Require.that(state.model() != null, "there is no model");
    }

    private SeriesModel model() {
      return Objects.requireNonNull(state.model());
    }

    @Override
    public int variables() {
      return state.values().length;
    }

    @Override
    public String note() {
      return model().note();
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(variables(), true);
      RollingStream stream = state.resume();
      return stream.precedes(later) ? stream.read(later) : stream.readBeside(model(), later);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(variables(), true);
      return detector.start(variables()).read(history);
    }
  }
}
