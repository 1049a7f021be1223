package dev.vedette.onnx;

import dev.vedette.DataException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph of operators that is being drawn (GraphProto). Every value has a name; operators are
 * added in the order in which they run.
 */
final class Graph {
  /** In a shape: as many as there are rows. */
  static final long ROWS = -1;

  /** In a shape: some of the rows, in a graph inside another. */
  static final long SOME_ROWS = -2;

  private static final String ML = "ai.onnx.ml";

  private final Set<String> names;
  private final ProtoWriter nodes = new ProtoWriter();
  private final ProtoWriter constants = new ProtoWriter();
  private final ProtoWriter inputs = new ProtoWriter();
  private final ProtoWriter outputs = new ProtoWriter();

  Graph() {
    this(new HashSet<>());
  }

  private Graph(Set<String> names) {
    this.names = names;
  }

  /** A graph inside an operator of this one, which sees the values of this one. */
  Graph inner() {
    return new Graph(names);
  }

  /** A value that is given from outside. */
  String input(String name, ElementType type, long... shape) {
    if (name.isEmpty()) {
      throw new DataException("a column without a name cannot be an input of ONNX; name it");
    }
    if (!names.add(name)) {
      throw new DataException(
          "a column named '%s' would be confused with an output of the graph; rename it"
              .formatted(name));
    }
    inputs.message(11, value(name, type, shape));
    return name;
  }

  /** As {@link #input(String, ElementType, long...)}, with a name that does not matter. */
  String input(ElementType type, long... shape) {
    String name = fresh();
    inputs.message(11, value(name, type, shape));
    return name;
  }

  /** Keeps {@code name} for an output. */
  void reserve(String name) {
    names.add(name);
  }

  /** Gives {@code value} out as {@code name}, which was reserved. */
  void output(String name, ElementType type, String value, long... shape) {
    node("", "Identity", List.of(), List.of(value), name);
    outputs.message(12, value(name, type, shape));
  }

  /** Gives {@code value} out under its own name. */
  void output(ElementType type, String value, long... shape) {
    outputs.message(12, value(value, type, shape));
  }

  private static ProtoWriter value(String name, ElementType type, long... shape) {
    var dimensions = new ProtoWriter();
    for (long length : shape) {
      dimensions.message(
          1,
          length >= 0
              ? new ProtoWriter().number(1, length)
              : new ProtoWriter().text(2, length == ROWS ? "rows" : "some_rows"));
    }
    ProtoWriter tensor = new ProtoWriter().number(1, type.number()).message(2, dimensions);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
  }

  String constant(Tensor tensor) {
    String name = fresh();
    constants.message(5, tensor.write(name));
    return name;
  }

  String constant(double value) {
    return constant(Tensor.of(new double[] {value}));
  }

  /** The same for all rows. */
  String row(double... values) {
    return constant(Tensor.of(values, 1, values.length));
  }

  String integers(long... values) {
    return constant(Tensor.of(values, values.length));
  }

  String op(String type, String... inputs) {
    return op(type, List.of(), inputs);
  }

  String op(String type, List<Attribute> attributes, String... inputs) {
    return node("", type, attributes, List.of(inputs), fresh());
  }

  /** An operator of the machine learning part of ONNX. */
  String ml(String type, List<Attribute> attributes, String... inputs) {
    return node(ML, type, attributes, List.of(inputs), fresh());
  }

  private String node(
      String domain, String type, List<Attribute> attributes, List<String> from, String to) {
    var node = new ProtoWriter();
    from.forEach(name -> node.text(1, name));
    node.text(2, to).text(3, to).text(4, type);
    attributes.forEach(attribute -> node.message(5, attribute.message()));
    if (!domain.isEmpty()) {
      node.text(7, domain);
    }
    nodes.message(1, node);
    return to;
  }

  String cast(String value, ElementType type) {
    return op("Cast", List.of(Attribute.of("to", type.number())), value);
  }

  /** The sums over the columns, one per row. */
  String sum(String rows) {
    return op("ReduceSum", List.of(Attribute.of("keepdims", 0)), rows, integers(1));
  }

  String sumOfSquares(String rows) {
    return sum(op("Mul", rows, rows));
  }

  /** (rows − center) / unit. */
  String standard(String rows, double[] center, double[] unit) {
    return op("Div", op("Sub", rows, row(center)), row(unit));
  }

  String clip(String value, double limit) {
    return op("Clip", value, constant(-limit), constant(limit));
  }

  /** The columns {@code from} to {@code to}, exclusive. */
  String columns(String rows, long from, long to) {
    return op("Slice", rows, integers(from), integers(to), integers(1));
  }

  private String fresh() {
    int number = names.size();
    while (!names.add("v" + number)) {
      number++;
    }
    return "v" + number;
  }

  ProtoWriter write(String name) {
    return new ProtoWriter()
        .append(nodes)
        .text(2, name)
        .append(constants)
        .append(inputs)
        .append(outputs);
  }
}
