package dev.vedette;

import dev.vedette.data.Draft;
import dev.vedette.data.Encoding;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;
import dev.vedette.threshold.Calibration;
import dev.vedette.threshold.Threshold;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Saves models to files and loads them; writes what online detectors learned to streams and reads
 * it. A file holds no code and names no classes; a damaged, foreign or oversized one ends in a
 * {@link ModelFileException} before memory is spent on it. A file is replaced whole or not at all.
 */
public final class Models {
  private Models() {}

  /** Saves a model of bare matrix rows, without knowledge of its training data. */
  public static void save(RowModel model, Path path) {
    save(model, path, Detectors.standard());
  }

  /** As {@link #save(RowModel, Path)}, for detectors of your own catalogue. */
  public static void save(RowModel model, Path path, Detectors detectors) {
    Provenance provenance = Provenance.unknown(InstantSource.system());
    var contents = new ModelFile.Contents(provenance, model, Golden.of(model), null, null, null);
    ModelFile.write(contents, path, detectors);
  }

  /**
   * Saves a model of bare matrix rows and where it comes from; some {@code training} rows go into
   * the file as a check.
   */
  public static void save(RowModel model, Matrix training, InstantSource clock, Path path) {
    var contents =
        new ModelFile.Contents(
            Provenance.of(training, clock), model, Golden.of(model, training), null, null, null);
    ModelFile.write(contents, path, Detectors.standard());
  }

  /**
   * Loads the model in {@code path}; of a {@link Decider} its row model.
   *
   * @throws ModelFileException when the file cannot be used
   */
  public static RowModel load(Path path) {
    return load(path, Detectors.standard());
  }

  /** As {@link #load(Path)}, for detectors of your own catalogue. */
  public static RowModel load(Path path, Detectors detectors) {
    return ModelFile.read(path, detectors).model();
  }

  /**
   * Saves {@code decider}, with its schema, scale and threshold; some {@code training} rows,
   * encoded, go into the file as a check.
   */
  public static void save(Decider decider, Table training, InstantSource clock, Path path) {
    save(decider, training, clock, path, Detectors.standard());
  }

  /** As {@link #save(Decider, Table, InstantSource, Path)}, for detectors of your own catalogue. */
  public static void save(
      Decider decider, Table training, InstantSource clock, Path path, Detectors detectors) {
    TableModel model = decider.model();
    Matrix encoded = model.encoding().encode(training);
    var contents =
        new ModelFile.Contents(
            Provenance.of(encoded, clock),
            model.rows(),
            Golden.of(model.rows(), encoded),
            model.encoding(),
            decider.calibration(),
            decider.threshold());
    ModelFile.write(contents, path, detectors);
  }

  /**
   * Loads the decider in {@code path}.
   *
   * @throws ModelFileException when the file cannot be used, or holds a bare row model
   */
  public static Decider loadDecider(Path path) {
    return loadDecider(path, Detectors.standard());
  }

  /** As {@link #loadDecider(Path)}, for detectors of your own catalogue. */
  public static Decider loadDecider(Path path, Detectors detectors) {
    ModelFile.Contents contents = ModelFile.read(path, detectors);
    Encoding encoding = contents.encoding();
    Calibration calibration = contents.calibration();
    Threshold threshold = contents.threshold();
    if (encoding == null || calibration == null || threshold == null) {
      throw new ModelFileException(
          path + " holds a model of bare matrix rows, without table columns and threshold");
    }
    RowModel rows = contents.model();
    var detector = new TableDetector(encoding.encoder(), rows.detector());
    return new Decider(new TableModel(detector, encoding, rows), calibration, threshold);
  }

  /** Where the model, or the models of series, in {@code path} come from. */
  public static Provenance provenance(Path path) {
    return holdsSeries(path)
        ? SeriesFile.read(path, Detectors.standard()).provenance()
        : ModelFile.read(path, Detectors.standard()).provenance();
  }

  /** Saves the deciders of the series in {@code training}, a few of their scores as a check. */
  public static void save(SeriesDeciders deciders, Table training, InstantSource clock, Path path) {
    save(deciders, training, clock, path, Detectors.standard());
  }

  /** As above, for detectors of your own catalogue. */
  public static void save(
      SeriesDeciders deciders,
      Table training,
      InstantSource clock,
      Path path,
      Detectors detectors) {
    SeriesFile.write(SeriesFile.of(deciders, training, clock), path, detectors);
  }

  /**
   * Loads the deciders of series in {@code path}.
   *
   * @throws ModelFileException when the file cannot be used, or holds a model of rows
   */
  public static SeriesDeciders loadSeriesDeciders(Path path) {
    return loadSeriesDeciders(path, Detectors.standard());
  }

  /** As {@link #loadSeriesDeciders(Path)}, for detectors of your own catalogue. */
  public static SeriesDeciders loadSeriesDeciders(Path path, Detectors detectors) {
    return SeriesFile.read(path, detectors).deciders();
  }

  /** Whether {@code path} begins as a file of {@link SeriesDeciders} does. */
  public static boolean holdsSeries(Path path) {
    return SeriesFile.is(path);
  }

  /** Writes {@code state}; {@link #readOnline} reads it back. */
  public static void write(OnlineState state, OutputStream out) throws IOException {
    write(state, out, Detectors.standard());
  }

  /** As {@link #write(OnlineState, OutputStream)}, for detectors of your own catalogue. */
  public static void write(OnlineState state, OutputStream out, Detectors detectors)
      throws IOException {
    StateStream.ONLINE.write(state, out, detectors);
  }

  /**
   * Reads one state, and no byte beyond it, so that several can follow each other. Memory is
   * bounded by the bytes that are there, whatever they announce.
   *
   * @throws ModelFileException when the bytes are not a state as Vedette writes it
   * @throws IOException when the stream fails
   */
  public static OnlineState readOnline(InputStream in) throws IOException {
    return readOnline(in, Detectors.standard());
  }

  /** As {@link #readOnline(InputStream)}, for detectors of your own catalogue. */
  public static OnlineState readOnline(InputStream in, Detectors detectors) throws IOException {
    return StateStream.ONLINE.read(in, detectors);
  }

  /** Writes {@code state}; {@link #readSeries} reads it back. */
  public static void write(SeriesState state, OutputStream out, Detectors detectors)
      throws IOException {
    StateStream.SERIES.write(state, out, detectors);
  }

  /** As {@link #readOnline(InputStream, Detectors)}, for what a stream of a series learned. */
  public static SeriesState readSeries(InputStream in, Detectors detectors) throws IOException {
    return StateStream.SERIES.read(in, detectors);
  }

  /** Saves a model of series. */
  public static void save(SeriesModel model, Path path, Detectors detectors) {
    try (Draft draft = Draft.of(path)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft.path()))) {
        StateStream.MODEL.write(model, out, detectors);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }

  /**
   * Loads the model of series in {@code path}.
   *
   * @throws ModelFileException when the file cannot be used
   */
  public static SeriesModel loadSeries(Path path, Detectors detectors) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return StateStream.MODEL.read(in, detectors);
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no file " + path, e);
    } catch (IOException e) {
      throw new ModelFileException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}
