package dev.vedette.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** A graph that was read: its operators, constants and inputs. */
final class GivenGraph {
  /** Many more than the forests of others have. */
  private static final int MOST_NODES = 1_000_000;

  private final List<GivenNode> nodes = new ArrayList<>();
  private final Map<String, double[]> constants = new HashMap<>();

  /** The columns of each input; 0 where the file does not say. */
  private final Map<String, Integer> inputs = new HashMap<>();

  private final Map<String, GivenNode> makers = new HashMap<>();
  private final Map<String, List<GivenNode>> users = new HashMap<>();

  /**
   * Reads a file (ModelProto).
   *
   * @throws IllegalArgumentException where the bytes are none
   */
  static GivenGraph read(byte[] file) {
    var graph = new GivenGraph();
    var model = new ProtoReader(file);
    while (model.next()) {
      if (model.field() == 7) {
        graph.add(model.message());
      } else {
        model.skip();
      }
    }
    if (graph.nodes.isEmpty()) {
      throw new IllegalArgumentException("it holds no operators");
    }
    graph.link();
    return graph;
  }

  private void add(ProtoReader graph) {
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> nodes.add(GivenNode.read(graph.message()));
        case 5 -> constant(graph.message());
        case 11 -> input(graph.message());
        default -> graph.skip();
      }
      if (nodes.size() > MOST_NODES) {
        throw new IllegalArgumentException("it has more than %,d operators".formatted(MOST_NODES));
      }
    }
  }

  private void link() {
    for (GivenNode node : nodes) {
      node.outputs().forEach(name -> makers.put(name, node));
      node.inputs().forEach(name -> users.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
  }

  private void constant(ProtoReader tensor) {
    String name = "";
    int type = 0;
    ByteBuffer raw = ByteBuffer.allocate(0);
    DoubleStream.Builder reals = DoubleStream.builder();
    LongStream.Builder numbers = LongStream.builder();
    while (tensor.next()) {
      switch (tensor.field()) {
        case 2 -> type = (int) tensor.number();
        case 4 -> tensor.reals(reals);
        case 7 -> tensor.numbers(numbers);
        case 8 -> name = tensor.text();
        case 9 -> raw = tensor.part();
        default -> tensor.skip();
      }
    }
    DoubleStream listed = DoubleStream.concat(reals.build(), numbers.build().asDoubleStream());
    constants.put(name, DoubleStream.concat(listed, values(raw, type)).toArray());
  }

  private static DoubleStream values(ByteBuffer raw, int type) {
    DoubleStream.Builder values = DoubleStream.builder();
    if (type == ElementType.FLOAT.number()) {
      while (raw.remaining() >= Float.BYTES) {
        values.add(raw.getFloat());
      }
    } else if (type == ElementType.INT64.number()) {
      while (raw.remaining() >= Long.BYTES) {
        values.add((double) raw.getLong());
      }
    } else if (type == ElementType.DOUBLE.number()) {
      while (raw.remaining() >= Double.BYTES) {
        values.add(raw.getDouble());
      }
    }
    return values.build();
  }

  private void input(ProtoReader value) {
    String name = "";
    int columns = 0;
    while (value.next()) {
      switch (value.field()) {
        case 1 -> name = value.text();
        case 2 -> columns = lastLength(value.message(), 0);
        default -> value.skip();
      }
    }
    inputs.put(name, columns);
  }

  /** The length of the last dimension in TypeProto → tensor type → shape → dimension → length. */
  private static int lastLength(ProtoReader message, int level) {
    int[] path = {1, 2, 1, 1};
    int length = 0;
    while (message.next()) {
      if (message.field() != path[level]) {
        message.skip();
      } else if (level == path.length - 1) {
        length = Math.clamp(message.number(), 0, 1_000_000);
      } else {
        length = lastLength(message.message(), level + 1);
      }
    }
    return length;
  }

  /** All operators of a type, in order. */
  List<GivenNode> all(String type) {
    return nodes.stream().filter(node -> node.type().equals(type)).toList();
  }

  /** The operator that makes a value; none for inputs and constants. */
  Optional<GivenNode> maker(String value) {
    return Optional.ofNullable(makers.get(value));
  }

  /** The operators that use a value. */
  List<GivenNode> users(String value) {
    return users.getOrDefault(value, List.of());
  }

  /** The values of a constant, in one row; none for other values. */
  Optional<double[]> constant(String value) {
    return Optional.ofNullable(constants.get(value));
  }

  boolean isInput(String value) {
    return inputs.containsKey(value) && !constants.containsKey(value);
  }

  /** The columns of an input; 0 where the file does not say. */
  int columns(String input) {
    return inputs.getOrDefault(input, 0);
  }
}
