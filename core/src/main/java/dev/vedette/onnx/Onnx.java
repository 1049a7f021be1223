package dev.vedette.onnx;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Detectors;
import dev.vedette.Provenance;
import dev.vedette.RowModel;
import dev.vedette.TableModel;
import dev.vedette.data.Draft;
import dev.vedette.row.IsolationForestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Models as ONNX files, which runtimes score in any language, and isolation forests read from such
 * files.
 *
 * <p>A file needs operator set {@value #OPERATORS} and, for forests and categories, version {@value
 * #ML_OPERATORS} of {@code ai.onnx.ml}: ONNX Runtime 1.14 or later. Scores agree with Vedette's to
 * about seven digits. Where Vedette refuses a row the graph cannot: its score is NaN.
 *
 * <p>The same model gives the same bytes. Immutable; may be called from any thread.
 */
public final class Onnx {
  static final int OPERATORS = 17;
  static final int ML_OPERATORS = 3;

  /** The version of the file format that belongs to {@link #OPERATORS}. */
  private static final int FORMAT = 8;

  /** A larger file is not read. */
  private static final long MOST_BYTES = 512L << 20;

  private Onnx() {}

  /** The names of the detectors whose models can be exported. */
  public static List<String> detectors() {
    return RowGraph.NAMES;
  }

  /**
   * Writes a model of bare matrix rows.
   *
   * <p>Input {@code rows}: double, rows × columns. Output {@code scores}: double, one per row. A
   * row with an infinite value, or with a NaN where the detector does not understand missing
   * values, scores NaN.
   *
   * @throws DataException when such a model cannot be exported, naming those that can, or the file
   *     cannot be written
   */
  public static void export(RowModel model, Path path) {
    write(rowGraph(model), model, path);
  }

  private static Graph rowGraph(RowModel model) {
    var graph = new Graph();
    graph.reserve("scores");
    String rows = graph.input("rows", ElementType.DOUBLE, Graph.ROWS, model.columns());
    boolean missing = model.detector().acceptsMissing();
    String scores = RowGraph.scores(graph, model, rows, missing);
    String usable = RowGraph.zeroWhereUsable(graph, rows, missing);
    graph.output("scores", ElementType.DOUBLE, graph.op("Add", scores, usable), Graph.ROWS);
    return graph;
  }

  /**
   * Writes a model of a table, with everything its encoder does inside.
   *
   * <p>Inputs: one for each column of the table that is used, under its name, rows × 1: numbers and
   * flags as double, NaN where missing; categories as string, empty where missing; times as int64,
   * milliseconds since 1970 (UTC), the smallest int64 where missing. Output {@code score}: double,
   * one per row.
   *
   * @throws DataException as {@link #export(RowModel, Path)}
   */
  public static void export(TableModel model, Path path) {
    var graph = new Graph();
    graph.reserve(TableGraph.SCORE);
    String score = TableGraph.scores(graph, model);
    graph.output(TableGraph.SCORE, ElementType.DOUBLE, score, Graph.ROWS);
    write(graph, model.rows(), path);
  }

  /**
   * As {@link #export(TableModel, Path)}, with two more outputs, one value per row each: {@code
   * p_value}, double, and {@code flagged}, bool. As the last digits of a score differ between
   * runtimes, scores within a billionth of each other (a millionth for networks) count as equal
   * there.
   *
   * @throws DataException as {@link #export(RowModel, Path)}
   */
  public static void export(Decider decider, Path path) {
    var graph = new Graph();
    List.of(TableGraph.SCORE, TableGraph.P_VALUE, TableGraph.FLAGGED).forEach(graph::reserve);
    String score = TableGraph.scores(graph, decider.model());
    graph.output(TableGraph.SCORE, ElementType.DOUBLE, score, Graph.ROWS);
    TableGraph.judge(graph, decider, score);
    write(graph, decider.model().rows(), path);
  }

  /**
   * Reads an isolation forest of scikit-learn that skl2onnx converted, alone and not at the end of
   * a pipeline. It scores as scikit-learn's {@code -score_samples} does; values are compared as if
   * in single precision, as the file says. What a forest of Vedette has beyond it is missing: the
   * seed is 0, and the values that explanations call normal are the middle of the splits.
   *
   * @throws DataException when the file cannot be read or holds something else
   */
  public static IsolationForestModel importForest(Path path) {
    try {
      long size = Files.size(path);
      if (size > MOST_BYTES) {
        throw new DataException(
            "%s has %,d bytes, more than the %,d a forest may have"
                .formatted(path, size, MOST_BYTES));
      }
      return ForestImport.read(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      throw new DataException("there is no file " + path, e);
    } catch (IOException e) {
      throw new DataException(
          "cannot read %s: %s: %s".formatted(path, e.getClass().getSimpleName(), e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new DataException(path + " cannot be used as a forest: " + e.getMessage(), e);
    }
  }

  private static void write(Graph graph, RowModel model, Path path) {
    String text = Detectors.standard().text(model.detector());
    byte[] file = file(graph, text + "; higher scores are more anomalous");
    try (Draft draft = Draft.of(path)) {
      try {
        Files.write(draft.path(), file);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }

  static byte[] file(Graph graph, String about) {
    return new ProtoWriter()
        .number(1, FORMAT)
        .text(2, "vedette")
        .text(3, Provenance.version())
        .text(6, about)
        .message(7, graph.write("scores"))
        .message(8, operators("", OPERATORS))
        .message(8, operators("ai.onnx.ml", ML_OPERATORS))
        .toBytes();
  }

  private static ProtoWriter operators(String domain, int version) {
    return new ProtoWriter().text(1, domain).number(2, version);
  }
}
