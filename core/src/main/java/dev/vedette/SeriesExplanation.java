package dev.vedette;

import dev.vedette.data.Numbers;
import dev.vedette.data.Series;
import dev.vedette.explain.Direction;
import dev.vedette.explain.Explanation;
import dev.vedette.explain.Input;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Why a point of a series has its score, variable by variable. */
final class SeriesExplanation {
  /**
   * Where scores are not those of a band, a value within so many spreads is not high or low by
   * itself: the stretch it is in has the score.
   */
  private static final double USUAL = 3;

  private SeriesExplanation() {}

  /**
   * @param cut the threshold whose band says what would be normal; NaN where there is no band
   */
  static Explanation of(Series series, Reading reading, int point, double cut) {
    List<Input> inputs =
        IntStream.range(0, series.variables())
            .mapToObj(v -> input(series, reading, v, point, cut))
            .toList();
    return Explanation.of(reading.score()[point], 0, inputs);
  }

  private static Input input(Series series, Reading reading, int v, int point, double cut) {
    double value = series.value(v, point);
    double expected = reading.expected()[v][point];
    double spread = reading.spread()[v][point];
    if (!reading.band() && !Double.isNaN(value)) {
      Optional<LevelChange> change = LevelChange.at(reading, v, point, value);
      if (change.isPresent()) {
        return changed(series, reading, v, point, change.orElseThrow());
      }
    }
    boolean band = Double.isFinite(cut) && cut * spread < Double.MAX_VALUE;
    double low = band ? reading.lower(v, point, cut) : expected;
    double high = band ? reading.upper(v, point, cut) : expected;
    int digits = digits(band ? high - low : Math.abs(value - expected), low, high, value);
    String normal = Numbers.text(low, digits);
    if (band && high > low) {
      normal += " to " + Numbers.text(high, digits);
    }
    double slack = reading.band() ? 0 : USUAL * spread;
    return new Input(
        series.names().get(v),
        Double.isNaN(value) ? "" : Numbers.text(value, Math.max(digits, 5)),
        normal,
        direction(value, low - slack, high + slack),
        reading.contribution()[v][point]);
  }

  private static Direction direction(double value, double low, double high) {
    if (Double.isNaN(value)) {
      return Direction.MISSING;
    }
    return value > high ? Direction.HIGH : value < low ? Direction.LOW : Direction.USUAL;
  }

  private static Input changed(
      Series series, Reading reading, int v, int point, LevelChange change) {
    double value = series.value(v, point);
    double before = change.before();
    double after = change.after();
    int digits = digits(Math.abs(after - before), before, after);
    return new Input(
        series.names().get(v),
        Numbers.text(value, Math.max(digits, 5)),
        Numbers.text(before, digits) + " before, " + Numbers.text(after, digits) + " after",
        Direction.CHANGE,
        reading.contribution()[v][point]);
  }

  /** Enough significant digits to tell numbers {@code apart} from each other; at least three. */
  private static int digits(double apart, double... numbers) {
    double size = 0;
    for (double number : numbers) {
      size = Double.isNaN(number) ? size : Math.max(size, Math.abs(number));
    }
    return apart > 0 && size > 0
        ? (int) Math.clamp(Math.ceil(Math.log10(size / apart)) + 2, 3, 15)
        : 3;
  }
}
