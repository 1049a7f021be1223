package dev.vedette.onnx;

import dev.vedette.Decider;
import dev.vedette.TableModel;
import dev.vedette.data.Column;
import dev.vedette.data.Encoding;
import dev.vedette.data.Feature;
import dev.vedette.threshold.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * From the columns of a table to scores and decisions: what an {@link Encoding} does, as a graph.
 */
final class TableGraph {
  static final String SCORE = "score";
  static final String P_VALUE = "p_value";
  static final String FLAGGED = "flagged";

  private final Graph graph;

  private TableGraph(Graph graph) {
    this.graph = graph;
  }

  static String scores(Graph graph, TableModel model) {
    Encoding encoding = model.encoding();
    List<String> columns = encoding.features().stream().map(f -> input(graph, f)).toList();
    String rows = new TableGraph(graph).encode(encoding, columns);
    boolean missing =
        encoding.keepMissing()
            && encoding.features().stream()
                .anyMatch(f -> f.mayMiss() && !(f instanceof Feature.Name));
    return RowGraph.scores(graph, model.rows(), rows, missing);
  }

  private static String input(Graph graph, Feature feature) {
    ElementType type =
        switch (feature) {
          case Feature.Amount amount -> ElementType.DOUBLE;
          case Feature.Name name -> ElementType.STRING;
          case Feature.Moment moment -> ElementType.INT64;
        };
    return graph.input(feature.name(), type, Graph.ROWS, 1);
  }

  private String encode(Encoding encoding, List<String> columns) {
    List<String> parts = new ArrayList<>();
    List<Double> fills = new ArrayList<>();
    for (int f = 0; f < columns.size(); f++) {
      Feature feature = encoding.features().get(f);
      switch (feature) {
        case Feature.Amount amount -> amount(amount, columns.get(f), parts);
        case Feature.Name name -> parts.add(name(name, columns.get(f)));
        case Feature.Moment moment -> moment(moment, columns.get(f), parts);
      }
      double whereMissing = encoding.keepMissing() ? Double.NaN : 0;
      double fill = feature.mayMiss() ? whereMissing : Math.sqrt(2.0 * encoding.rows());
      fills.addAll(Collections.nCopies(feature.width(), fill));
    }
    String raw = join(parts);
    String scaled = graph.standard(raw, encoding.center(), encoding.unit());
    return graph.op(
        "Where",
        graph.op("IsNaN", scaled),
        graph.row(fills.stream().mapToDouble(Double::doubleValue).toArray()),
        graph.clip(scaled, Double.MAX_VALUE));
  }

  private String join(List<String> parts) {
    return graph.op("Concat", List.of(Attribute.of("axis", 1)), parts.toArray(String[]::new));
  }

  private void amount(Feature.Amount amount, String column, List<String> parts) {
    parts.add(column);
    if (amount.mayMiss()) {
      parts.add(graph.cast(graph.op("IsNaN", column), ElementType.DOUBLE));
    }
  }

  /** The number of the name, the last for all that are not known, chooses from a table. */
  private String name(Feature.Name name, String column) {
    int known = name.names().size();
    String code =
        graph.ml(
            "LabelEncoder",
            List.of(
                Attribute.of("keys_strings", name.names()),
                Attribute.of("values_int64s", upTo(known)),
                Attribute.of("default_int64", known)),
            column);
    double[] values = new double[known + 1];
    for (int i = 0; i <= known; i++) {
      double share = (i < known ? name.counts()[i] : 0.5) / name.rows();
      values[i] = name.axes() < 0 ? -Math.log(share) : 1 / Math.sqrt(share);
    }
    String value = graph.op("Gather", graph.constant(Tensor.of(values, known + 1)), code);
    if (name.axes() < 0) {
      return value;
    }
    String axis = graph.op("Min", code, graph.integers(name.axes()));
    String axes = graph.constant(Tensor.of(upTo(name.axes() + 1), 1, name.axes() + 1));
    return graph.op("Where", graph.op("Equal", axis, axes), value, graph.constant(0));
  }

  private static long[] upTo(int count) {
    long[] numbers = new long[count];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  private void moment(Feature.Moment moment, String column, List<String> parts) {
    String missing = graph.op("Equal", column, graph.integers(Column.Time.MISSING));
    if (moment.day()) {
      circle(true, column, missing, parts);
    }
    if (moment.week()) {
      circle(false, column, missing, parts);
    }
    if (moment.mayMiss()) {
      parts.add(graph.cast(missing, ElementType.DOUBLE));
    }
  }

  /** Cosine and sine of the place on the circle of the day, or of the week. */
  private void circle(boolean day, String column, String missing, List<String> parts) {
    long period = day ? Feature.Moment.DAY : Feature.Moment.WEEK;
    long start = day ? 0 : Feature.Moment.MONDAY;
    String into =
        graph.op("Mod", graph.op("Sub", column, graph.integers(start)), graph.integers(period));
    String turned =
        graph.op("Mul", graph.cast(into, ElementType.DOUBLE), graph.constant(2 * Math.PI));
    String angle = graph.op("Div", turned, graph.constant((double) period));
    String quarter = graph.op("Add", angle, graph.constant(Math.PI / 2)); // cos x = sin(x + π/2)
    for (String of : List.of(quarter, angle)) {
      parts.add(graph.op("Where", missing, graph.constant(Double.NaN), graph.op("Sin", of)));
    }
  }

  /** Outputs whether {@code score} is flagged, and its p-value. */
  static void judge(Graph graph, Decider decider, String score) {
    double cut = decider.threshold().cut();
    double tolerance = RowGraph.tolerance(decider.model().rows());
    String flagged = graph.op("Greater", score, graph.constant(raised(cut, tolerance)));
    graph.output(FLAGGED, ElementType.BOOL, flagged, Graph.ROWS);
    String p = new TableGraph(graph).pValue(decider.calibration(), tolerance, score);
    graph.output(P_VALUE, ElementType.DOUBLE, p, Graph.ROWS);
  }

  /** The least score that is above {@code limit} for certain; where limits tie, so do these. */
  private static double raised(double limit, double tolerance) {
    return Double.isFinite(limit) ? limit + tolerance * Math.abs(limit) : limit;
  }

  /**
   * (1 + number of calibration scores ≥ score) / (n + 1), by binary search for the number of those
   * below: it grows by a power of two where the calibration score at its end is still below.
   */
  private String pValue(Calibration calibration, double tolerance, String score) {
    double[] scores = calibration.scores();
    int size = Integer.highestOneBit(scores.length) << 1;
    double[] padded = Arrays.copyOf(scores, size);
    for (int i = 0; i < size; i++) {
      padded[i] = i < scores.length ? raised(scores[i], tolerance) : Double.POSITIVE_INFINITY;
    }
    String table = graph.constant(Tensor.of(padded, size));
    String below =
        graph.cast(
            graph.op("Less", score, graph.constant(Double.NEGATIVE_INFINITY)), ElementType.INT64);
    for (int step = size / 2; step >= 1; step /= 2) {
      String last = graph.op("Gather", table, graph.op("Add", below, graph.integers(step - 1)));
      String more = graph.cast(graph.op("Less", last, score), ElementType.INT64);
      below = graph.op("Add", below, graph.op("Mul", more, graph.integers(step)));
    }
    String atLeast =
        graph.op("Sub", graph.constant(scores.length + 1.0), graph.cast(below, ElementType.DOUBLE));
    return graph.op("Div", atLeast, graph.constant(scores.length + 1.0));
  }
}
