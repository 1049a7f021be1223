package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesModel;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Novelty: how far a value, and what it makes of the last values, is from everything ever seen; and
 * how rare it is to be so far.
 *
 * <p>Five numbers are looked at: the value, the mean of the last tenth of a window, the mean of two
 * windows, the lowest value in a window, and how far the value is from the mean of its hour of the
 * week. For each, the distance to the nearest number it ever was before becomes −log₁₀ of the share
 * of distances that were as large (a conformal p-value), beyond the largest few per cent by an
 * exponential tail (peaks over threshold). Score ≥ 0: the sum of the five by √5 (Fisher's way to
 * join p-values, on the scale of one), less ½ · log₁₀(points / 1,000), so that a long stream does
 * not raise more and more false alarms. Between 2 and 3 is worth a look, 4 and more is unheard of.
 *
 * <p>A score of {@code level} and more is news once: until as many points have passed as the
 * cool-down says, only something 1.4 times as surprising is news again; what is not scores half,
 * and less than half of {@code level}.
 *
 * <p>O(memory) in time per point, mostly a binary search and a move of memory; about 77 KB per
 * stream. Nothing is ever forgotten: what was seen once is no news any more, so an anomaly that
 * comes back exactly as it was is missed. In hindsight the history is read as it came.
 *
 * <p>The number of false alarms and the earliness of the Numenta benchmark (see {@link
 * dev.vedette.evaluate.Nab}) guided the choice of the five numbers and of the defaults.
 *
 * @param window points, 20 to 10,000
 * @param memory numbers kept of each of the five, 64 to 100,000
 * @param tail the share of the largest distances whose tail is extrapolated, 0.001 to 0.5
 * @param level the score from which a point is news, 0.1 to 30
 * @param coolDown as a share of all points seen, 0 to 1
 */
public record Novelty(int window, int memory, double tail, double level, double coolDown)
    implements StreamingDetector {
  private static final int VIEWS = 5;
  private static final int LEAST_COOL_DOWN = 30;
  private static final double STRONGER = 1.4;
  private static final double RESTRAINT = 0.5;

  public Novelty {
    Require.range("window", window, 20, 10_000);
    Require.range("memory", memory, 64, 100_000);
    Require.range("tail", tail, 0.001, 0.5);
    Require.range("level", level, 0.1, 30);
    Require.range("cool-down", coolDown, 0, 1);
  }

  /** A window of 50 points, 1,024 numbers kept, news from 2.2 on, silence for 6 % of the points. */
  public Novelty() {
    this(50, 1_024, 0.02, 2.2, 0.06);
  }

  public Novelty window(int window) {
    return new Novelty(window, memory, tail, level, coolDown);
  }

  public Novelty memory(int memory) {
    return new Novelty(window, memory, tail, level, coolDown);
  }

  public Novelty tail(double tail) {
    return new Novelty(window, memory, tail, level, coolDown);
  }

  public Novelty level(double level) {
    return new Novelty(window, memory, tail, level, coolDown);
  }

  public Novelty coolDown(double coolDown) {
    return new Novelty(window, memory, tail, level, coolDown);
  }

  /** How many of the last values each of the five numbers is made of. */
  private int[] windows() {
    return new int[] {1, window / 10, 2 * window, window, 1};
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Running start(int variables) {
    Require.range("variables", variables, 1, 1);
    List<NoveltyView.State> views =
        IntStream.of(windows()).mapToObj(NoveltyView.State::none).toList();
    return new State(
            this, Replay.NEVER, 0, -1, 0, new double[2 * window], HourMeans.State.none(), views)
        .resume();
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    return new Fitted(this, Replay.learned(start(1), history).snapshot());
  }

  /** A {@link Novelty} that learned from a history. */
  public record Fitted(Novelty detector, State state) implements SeriesModel {
    public Fitted {
      Require.that(state.detector.equals(detector), "the state is of another detector");
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      Running stream = state.resume();
      stream.last = Replay.NEVER;
      return Replay.read(stream, later);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      return Replay.read(detector.start(1), history);
    }
  }

  /**
   * What a {@link Novelty} learned, as it was at one moment.
   *
   * @param last time learned
   * @param points how many there were, missing ones left out
   * @param news the last point that was news; −1 for none
   * @param newsScore its surprise
   * @param recent the last values; point i at i modulo the length
   * @param hours the means of the hours of the week
   * @param views the five numbers
   */
  public record State(
      Novelty detector,
      long last,
      long points,
      long news,
      double newsScore,
      double[] recent,
      HourMeans.State hours,
      List<NoveltyView.State> views)
      implements SeriesState {
    public State {
      views = List.copyOf(views);
      Require.that(points >= 0 && news >= -1 && news < Math.max(1, points), "a count is damaged");
      Require.that(newsScore >= 0 && newsScore <= 1_000, "a score is damaged");
      Require.that(recent.length == 2 * detector.window, "the recent values are not two windows");
      Require.finite("a recent value", recent);
      Require.that(views.size() == VIEWS, "there are not five numbers");
    }

    @Override
    public Running resume() {
      return new Running(this);
    }
  }

  /** A {@link Novelty} at work. */
  public static final class Running implements SeriesStream {
    private final Novelty detector;
    private final double[] recent;
    private final HourMeans hours;
    private final NoveltyView[] views;
    private final int[] windows;
    private long last;
    private long points;
    private long news;
    private double newsScore;

    private Running(State state) {
      detector = state.detector;
      recent = state.recent.clone();
      hours = new HourMeans(state.hours);
      views =
          state.views.stream()
              .map(view -> new NoveltyView(view, detector.memory, detector.tail))
              .toArray(NoveltyView[]::new);
      windows = detector.windows();
      last = state.last;
      points = state.points;
      news = state.news;
      newsScore = state.newsScore;
    }

    @Override
    public Novelty detector() {
      return detector;
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public double score(long time, double[] values) {
      Require.row(values, 1, true);
      if (Double.isNaN(values[0])) {
        return 0;
      }
      double value = Rhythm.near(values[0]);
      double surprise = surprise(numbers(time, value), Math.abs(value));
      return surprise < detector.level || isNews(surprise)
          ? surprise
          : Math.min(surprise, detector.level) / 2;
    }

    private boolean isNews(double surprise) {
      double silence = Math.max(LEAST_COOL_DOWN, detector.coolDown * points);
      return news < 0 || points - news > silence || surprise > STRONGER * newsScore;
    }

    private double surprise(double[] numbers, double size) {
      double sum = 0;
      for (int i = 0; i < VIEWS; i++) {
        sum += views[i].surprise(numbers[i], size);
      }
      double restraint = points > 1_000 ? RESTRAINT * Math.log10(points / 1_000.0) : 0;
      return Math.max(0, sum / Math.sqrt(VIEWS) - restraint);
    }

    private double[] numbers(long time, double value) {
      return new double[] {
        value,
        mean(value, windows[1]),
        mean(value, windows[2]),
        lowest(value, windows[3]),
        hours.off(time, value)
      };
    }

    private double mean(double value, int window) {
      int before = (int) Math.min(points, window - 1);
      double sum = value;
      for (int back = 1; back <= before; back++) {
        sum += recent[(int) ((points - back) % recent.length)];
      }
      return sum / (before + 1);
    }

    private double lowest(double value, int window) {
      int before = (int) Math.min(points, window - 1);
      double lowest = value;
      for (int back = 1; back <= before; back++) {
        lowest = Math.min(lowest, recent[(int) ((points - back) % recent.length)]);
      }
      return lowest;
    }

    /** The mean of this hour of the week. */
    @Override
    public double expected(long time, int variable) {
      return hours.mean(time);
    }

    /** The mean distance of all values from the means of their hours of the week. */
    @Override
    public double spread(long time, int variable) {
      return hours.spread();
    }

    @Override
    public void learn(long time, double[] values) {
      Require.row(values, 1, true);
      if (time <= last) {
        return;
      }
      last = time;
      if (Double.isNaN(values[0])) {
        return;
      }
      double value = Rhythm.near(values[0]);
      double[] numbers = numbers(time, value);
      double surprise = surprise(numbers, Math.abs(value));
      if (surprise >= detector.level && isNews(surprise)) {
        news = points;
        newsScore = surprise;
      }
      for (int i = 0; i < VIEWS; i++) {
        views[i].learn(numbers[i], Math.abs(value));
      }
      hours.learn(time, value);
      recent[(int) (points % recent.length)] = value;
      points++;
    }

    @Override
    public State snapshot() {
      return new State(
          detector,
          last,
          points,
          news,
          newsScore,
          recent.clone(),
          hours.snapshot(),
          IntStream.range(0, VIEWS).mapToObj(i -> views[i].snapshot()).toList());
    }

    @Override
    public long bytes() {
      long bytes = (long) recent.length * Double.BYTES + HourMeans.bytes() + 128;
      for (NoveltyView view : views) {
        bytes += view.bytes();
      }
      return bytes;
    }
  }
}
