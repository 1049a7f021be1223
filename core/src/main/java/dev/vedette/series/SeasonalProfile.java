package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Reading.Component;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Seasonal profile: how many spreads a value is from what is usual at this time of the day and of
 * the week.
 *
 * <p>Score ≥ 0: 0 is the expected value, normal values stay mostly under 3; with several variables
 * the largest of theirs. Expected is a level that moves, plus what each quarter of an hour of the
 * day adds to it, plus what each hour of the week adds to that, each drawn towards nothing while it
 * was seen on few days or weeks, and multiplied by how well it foretold the values so far: where
 * there is no rhythm, none is invented. The spread is that of the hour of the day, drawn to that of
 * all hours while few days were seen, and larger while little is known. A value more than 3 spreads
 * out teaches as if it lay at 3, unless such values follow each other.
 *
 * <p>Times may be irregular: every point counts with the time since the one before, up to the width
 * of its quarter of an hour or hour. Times of the day are those of a time zone, so that a rhythm
 * stays where it is when the clocks change.
 *
 * <p>O(1) in time per value, 5 KB per variable. Blind to shapes whose values are usual one by one,
 * and to rhythms that fit neither day nor week.
 *
 * <p>In hindsight the history is read a second time with the rhythms learned in the first.
 *
 * @param halfLife hours after which half of a change of the level is followed, 0.1 to 10,000
 * @param days behind what is usual in a day, 1 to 1,000
 * @param weeks behind what is usual in a week, 1 to 1,000
 * @param zone whose clocks count, such as {@code UTC} or {@code Europe/Berlin}
 */
public record SeasonalProfile(double halfLife, double days, double weeks, String zone)
    implements StreamingDetector {
  private static final List<String> PARTS =
      List.of(Component.TREND, "season of a day", "season of a week");
  private static final int REWOUND = 48; // points that say where the level was at first

  public SeasonalProfile {
    Require.range("half-life", halfLife, 0.1, 10_000);
    Require.range("days", days, 1, 1_000);
    Require.range("weeks", weeks, 1, 1_000);
    try {
      var unused = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone is '%s'; give one such as UTC or Europe/Berlin".formatted(zone), e);
    }
  }

  /** A day for the level, two weeks for the day, six for the week, by the clocks of UTC. */
  public SeasonalProfile() {
    this(24, 14, 6, "UTC");
  }

  public SeasonalProfile halfLife(double halfLife) {
    return new SeasonalProfile(halfLife, days, weeks, zone);
  }

  public SeasonalProfile days(double days) {
    return new SeasonalProfile(halfLife, days, weeks, zone);
  }

  public SeasonalProfile weeks(double weeks) {
    return new SeasonalProfile(halfLife, days, weeks, zone);
  }

  public SeasonalProfile zone(String zone) {
    return new SeasonalProfile(halfLife, days, weeks, zone);
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
  public Running start(int variables) {
    Require.range("variables", variables, 1, 65_536);
    List<Rhythm.State> none =
        IntStream.range(0, variables).mapToObj(v -> Rhythm.State.none()).toList();
    return new State(this, Replay.NEVER, none).resume();
  }

  @Override
  public Fitted fit(Series history) {
    return new Fitted(this, Replay.learned(start(history.variables()), history).snapshot());
  }

  /** A {@link SeasonalProfile} that learned from a history. */
  public record Fitted(SeasonalProfile detector, State state) implements SeriesModel {
    public Fitted {
      Require.that(state.detector.equals(detector), "the state is of another detector");
    }

    @Override
    public int variables() {
      return state.rhythms.size();
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(variables(), true);
      Running stream = state.resume();
      stream.last = Replay.NEVER;
      return read(stream, later);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(variables(), true);
      Running stream = state.resume();
      stream.rewind(history);
      return read(stream, history);
    }

    private static Reading read(Running stream, Series series) {
      double[][][] parts = new double[PARTS.size()][stream.variables()][series.points()];
      return Replay.read(stream, series, i -> stream.parts(series.time(i), parts, i))
          .withComponents(
              IntStream.range(0, parts.length)
                  .mapToObj(k -> new Component(PARTS.get(k), parts[k]))
                  .toList());
    }
  }

  /**
   * What a {@link SeasonalProfile} learned, as it was at one moment.
   *
   * @param last time learned
   */
  public record State(SeasonalProfile detector, long last, List<Rhythm.State> rhythms)
      implements SeriesState {
    public State {
      rhythms = List.copyOf(rhythms);
      Require.that(!rhythms.isEmpty(), "a state needs at least one variable");
    }

    @Override
    public Running resume() {
      return new Running(this);
    }
  }

  /** A {@link SeasonalProfile} at work. */
  public static final class Running implements SeriesStream {
    private final SeasonalProfile detector;
    private final ZoneId zone;
    private final Rhythm[] rhythms;
    private long last;

    private Running(State state) {
      detector = state.detector;
      zone = ZoneId.of(detector.zone);
      last = state.last;
      rhythms =
          state.rhythms.stream().map(rhythm -> new Rhythm(rhythm, detector)).toArray(Rhythm[]::new);
    }

    private Phase phase(long time) {
      long offset = zone.getRules().getOffset(Instant.ofEpochMilli(time)).getTotalSeconds();
      return Phase.of(time, offset * 1_000);
    }

    @Override
    public SeasonalProfile detector() {
      return detector;
    }

    @Override
    public int variables() {
      return rhythms.length;
    }

    @Override
    public double score(long time, double[] values) {
      Require.row(values, rhythms.length, true);
      Phase phase = phase(time);
      double largest = 0;
      for (int v = 0; v < rhythms.length; v++) {
        double spread = rhythms[v].spread(phase);
        if (spread > 0) {
          double score = Reading.score(values[v], rhythms[v].expected(phase), spread);
          largest = Math.max(largest, score);
        }
      }
      return largest;
    }

    /** Writes level, day and week to their place among {@code parts}. */
    private void parts(long time, double[][][] parts, int point) {
      Phase phase = phase(time);
      for (int v = 0; v < rhythms.length; v++) {
        parts[0][v][point] = rhythms[v].level();
        parts[1][v][point] = rhythms[v].day(phase);
        parts[2][v][point] = rhythms[v].week(phase);
      }
    }

    @Override
    public double expected(long time, int variable) {
      return rhythms[variable].expected(phase(time));
    }

    @Override
    public double spread(long time, int variable) {
      return rhythms[variable].spread(phase(time));
    }

    @Override
    public void learn(long time, double[] values) {
      Require.row(values, rhythms.length, true);
      if (time <= last) {
        return;
      }
      Phase phase = phase(time);
      double after = last == Replay.NEVER ? 0 : (double) time - last;
      for (int v = 0; v < rhythms.length; v++) {
        if (!Double.isNaN(values[v])) {
          rhythms[v].learn(phase, values[v], after);
        }
      }
      last = time;
    }

    private void rewind(Series history) {
      last = Replay.NEVER;
      int count = Math.min(REWOUND, history.points());
      Phase[] phases =
          IntStream.range(0, count).mapToObj(i -> phase(history.time(i))).toArray(Phase[]::new);
      for (int v = 0; v < rhythms.length; v++) {
        int variable = v;
        rhythms[v].rewind(
            IntStream.range(0, count).mapToDouble(i -> history.value(variable, i)).toArray(),
            phases);
      }
    }

    @Override
    public State snapshot() {
      return new State(
          detector,
          last,
          IntStream.range(0, rhythms.length).mapToObj(v -> rhythms[v].snapshot()).toList());
    }

    @Override
    public long bytes() {
      return rhythms.length * Rhythm.bytes() + 64;
    }
  }
}
