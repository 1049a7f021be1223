package dev.vedette.data;

import dev.vedette.Require;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * A made-up series to try things on: the requests per minute of a shop, every ten minutes from
 * Monday 2026-01-05 on, with the rhythms of day and week, slow growth and noise. The same options
 * make the same bytes everywhere.
 *
 * <p>Columns: {@code time}, {@code requests} and {@code label} (1 for an anomaly). There are four
 * anomalies in each full two weeks: a peak of ten minutes, an outage of an hour, a value that is
 * stuck for three hours, and the rush of noon in the middle of the night.
 *
 * @param points from 288 (two days) to 1,000,000
 */
public record LoadSample(int points, long seed) {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final int STEP = 600;
  private static final int DAY = 86_400 / STEP;
  private static final int FORTNIGHT = 14 * DAY;
  private static final int SHIFT = 20;

  public LoadSample {
    Require.range("points", points, 2 * DAY, 1_000_000);
  }

  /** Four weeks. */
  public LoadSample() {
    this(2 * FORTNIGHT, 1);
  }

  /** With this many points. */
  public LoadSample points(int count) {
    return new LoadSample(count, seed);
  }

  /** With other random draws. */
  public LoadSample seed(long number) {
    return new LoadSample(points, number);
  }

  /** Writes the table as CSV to {@code path}, which appears only when it is complete. */
  public void write(Path path) {
    try (Draft draft = Draft.of(path)) {
      try (Writer out = Files.newBufferedWriter(draft.path(), StandardCharsets.UTF_8)) {
        write(out);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }

  /** Writes the table as CSV to {@code out}, and flushes it. */
  public void write(Writer out) throws IOException {
    out.write("time,requests,label\n");
    var random = new SplittableRandom(seed);
    double noise = 0;
    double stuck = 0;
    for (int i = 0; i < points; i++) {
      noise = 0.5 * noise + 12 * random.nextGaussian();
      int place = (i + SHIFT * (i / FORTNIGHT)) % FORTNIGHT; // no two anomalies are alike
      Oddity oddity = i < FORTNIGHT * (points / FORTNIGHT) ? Oddity.at(place) : Oddity.NONE;
      double value = usual(oddity == Oddity.RUSH ? i + DAY / 2 : i) + noise;
      stuck = oddity == Oddity.STUCK && stuck > 0 ? stuck : value;
      value =
          switch (oddity) {
            case PEAK -> value + 260;
            case OUTAGE -> value * 0.06;
            case STUCK -> stuck;
            case RUSH, NONE -> value;
          };
      if (oddity != Oddity.STUCK) {
        stuck = 0;
      }
      long at = START.getEpochSecond() + (long) i * STEP;
      out.write(
          "%s,%d,%d\n"
              .formatted(
                  Instant.ofEpochSecond(at),
                  Math.max(0, Math.round(value)),
                  oddity == Oddity.NONE ? 0 : 1));
    }
    out.flush();
  }

  /** The table as text. */
  public String text() {
    var text = new StringWriter();
    try {
      write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** What the shop sees usually at point {@code i}: little at night and on Sundays. */
  private static double usual(int i) {
    double hour = i % DAY * 24.0 / DAY;
    double day = 1 - Math.cos(2 * Math.PI * (hour - 3) / 24);
    double evening = Math.exp(-(hour - 20) * (hour - 20) / 4);
    double[] week = {1, 0.98, 1.02, 1, 1.1, 0.85, 0.6};
    double growth = 1 + 0.1 * i / (4.0 * 7 * DAY);
    return (60 + week[i / DAY % 7] * (190 * day + 110 * evening)) * growth;
  }

  /** What is wrong with a point. */
  private enum Oddity {
    NONE,
    PEAK,
    OUTAGE,
    STUCK,
    RUSH;

    static Oddity at(int place) {
      if (place == 3 * DAY + 60) {
        return PEAK;
      } else if (within(place, 5 * DAY + 90, 6)) {
        return OUTAGE;
      } else if (within(place, 8 * DAY + 50, 18)) {
        return STUCK;
      }
      return within(place, 11 * DAY + 12, 9) ? RUSH : NONE;
    }

    private static boolean within(int place, int from, int length) {
      return place >= from && place < from + length;
    }
  }
}
