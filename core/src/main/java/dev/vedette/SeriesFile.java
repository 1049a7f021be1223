package dev.vedette;

import dev.vedette.data.Column;
import dev.vedette.data.Draft;
import dev.vedette.data.Matrix;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.SeriesTable;
import dev.vedette.data.Table;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file that {@link SeriesDeciders} are kept in: one {@link Contents} as {@link StateStream}
 * writes it.
 */
final class SeriesFile {
  private static final StateStream<Contents> STREAM =
      new StateStream<>(Contents.class, 'D', "file of series");

  private SeriesFile() {}

  /** What a file holds. */
  record Contents(Provenance provenance, SeriesDeciders deciders, List<Check> checks) {
    Contents {
      checks = List.copyOf(checks);
      Require.that(!checks.isEmpty(), "the golden points are missing");
    }
  }

  /**
   * Points after the history of a series and the scores they had when the file was written, as
   * {@link Golden} for rows.
   *
   * @param fitted which of the deciders
   * @param from when the first of the points is
   * @param step how far they are from each other
   * @param values variables × points
   */
  record Check(int fitted, long from, long step, double[][] values, double[] scores) {
    private static final int MOST = 8;
    private static final int POINTS = 3;

    Check {
      Require.that(step > 0, "golden points are not in order");
      Require.that(scores.length == POINTS, "not " + POINTS + " golden points");
    }

    /** Of up to {@value #MOST} deciders, spread evenly. */
    static List<Check> of(SeriesDeciders deciders) {
      int count = deciders.fitted().size();
      List<Check> checks = new ArrayList<>();
      for (int i = 0; i < Math.min(MOST, count); i++) {
        int at = (int) ((long) i * count / Math.min(MOST, count));
        checks.add(of(at, deciders.fitted().get(at)));
      }
      return checks;
    }

    /** The expected values, and one and two spreads above them. */
    private static Check of(int at, SeriesDeciders.Fitted fitted) {
      SeriesModel model = fitted.decider().model();
      long step = Math.max(1, fitted.distance());
      long from = fitted.last() + step;
      double[][] values = new double[model.variables()][POINTS];
      Reading reading = model.read(series(from, step, values));
      for (int v = 0; v < values.length; v++) {
        for (int i = 0; i < POINTS; i++) {
          values[v][i] = reading.expected()[v][i] + i * reading.spread()[v][i];
        }
      }
      return new Check(at, from, step, values, model.score(series(from, step, values)));
    }

    private static Series series(long from, long step, double[][] values) {
      List<String> names = new ArrayList<>();
      for (int v = 0; v < values.length; v++) {
        names.add("v" + v);
      }
      long[] times = new long[POINTS];
      Arrays.setAll(times, i -> from + i * step);
      return Series.of(names, times, values);
    }

    void verify(SeriesDeciders deciders) {
      Require.that(fitted >= 0 && fitted < deciders.fitted().size(), "golden points of no series");
      SeriesModel model = deciders.fitted().get(fitted).decider().model();
      double[] now = model.score(series(from, step, values));
      for (int i = 0; i < POINTS; i++) {
        if (!(Math.abs(now[i] - scores[i]) <= 1e-9 * Math.max(1, Math.abs(scores[i])))) {
          throw new ModelFileException(
              "golden point %s scored %s when the model was saved and scores %s now"
                  .formatted(i, scores[i], now[i]));
        }
      }
    }
  }

  static Contents of(SeriesDeciders deciders, Table training, InstantSource clock) {
    Provenance provenance = Provenance.of(matrix(training, deciders.columns()), clock);
    return new Contents(provenance, deciders, Check.of(deciders));
  }

  /** Times and values of all rows. */
  private static Matrix matrix(Table table, SeriesColumns columns) {
    long[] times = SeriesTable.times(table, columns);
    List<Column.Numeric> values =
        columns.values().stream()
            .map(name -> (Column.Numeric) table.column(name).orElseThrow())
            .toList();
    List<String> names = new ArrayList<>(List.of(columns.time()));
    names.addAll(columns.values());
    return Matrix.fill(
        names,
        table.rows(),
        (row, into) -> {
          into[0] = times[row] == Column.Time.MISSING ? Double.NaN : times[row];
          for (int v = 0; v < values.size(); v++) {
            into[v + 1] = values.get(v).value(row);
          }
        });
  }

  static boolean begins(byte[] bytes) {
    return STREAM.begins(bytes);
  }

  static boolean is(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return begins(in.readNBytes(8));
    } catch (IOException e) {
      return false; // whoever reads it says why
    }
  }

  static void write(Contents contents, Path path, Detectors detectors) {
    try (Draft draft = Draft.of(path)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft.path()))) {
        STREAM.write(contents, out, detectors);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }

  static Contents read(Path path, Detectors detectors) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      in.mark(8);
      if (ModelFile.begins(in.readNBytes(8))) {
        throw new ModelFileException("it holds a model of rows, not models of series");
      }
      in.reset();
      Contents contents = STREAM.read(in, detectors);
      Require.that(in.read() < 0, "more bytes follow");
      contents.checks().forEach(check -> check.verify(contents.deciders()));
      return contents;
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no file " + path, e);
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw new ModelFileException("cannot read " + path + ": " + reason, e);
    } catch (RuntimeException e) {
      // The bytes are not what Vedette writes, whatever the first thing was that noticed.
      throw new ModelFileException(path + " cannot be used: " + e.getMessage(), e);
    }
  }
}
