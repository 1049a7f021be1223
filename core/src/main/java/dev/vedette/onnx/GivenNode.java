package dev.vedette.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** An operator of a graph that was read (NodeProto). */
record GivenNode(
    String type, List<String> inputs, List<String> outputs, Map<String, Setting> settings) {

  /** An attribute: whole numbers, numbers or texts. */
  record Setting(long[] numbers, double[] reals, List<String> texts) {
    private static final Setting NONE = new Setting(new long[0], new double[0], List.of());
  }

  static GivenNode read(ProtoReader node) {
    String type = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Setting> settings = new HashMap<>();
    while (node.next()) {
      switch (node.field()) {
        case 1 -> inputs.add(node.text());
        case 2 -> outputs.add(node.text());
        case 4 -> type = node.text();
        case 5 -> setting(node.message(), settings);
        default -> node.skip();
      }
    }
    return new GivenNode(type, inputs, outputs, settings);
  }

  private static void setting(ProtoReader attribute, Map<String, Setting> into) {
    String name = "";
    LongStream.Builder numbers = LongStream.builder();
    DoubleStream.Builder reals = DoubleStream.builder();
    List<String> texts = new ArrayList<>();
    Map<String, String> known = new HashMap<>(); // the same few words come for every node
    while (attribute.next()) {
      switch (attribute.field()) {
        case 1 -> name = attribute.text();
        case 2, 7 -> attribute.reals(reals);
        case 3, 8 -> attribute.numbers(numbers);
        case 9 -> texts.add(known.computeIfAbsent(attribute.text(), text -> text));
        default -> attribute.skip();
      }
    }
    into.put(name, new Setting(numbers.build().toArray(), reals.build().toArray(), texts));
  }

  private Setting setting(String name) {
    @Nullable Setting setting = settings.get(name);
    return setting == null ? Setting.NONE : setting;
  }

  long[] numbers(String name) {
    return setting(name).numbers();
  }

  double[] reals(String name) {
    return setting(name).reals();
  }

  List<String> texts(String name) {
    return setting(name).texts();
  }

  String input(int number) {
    if (number >= inputs.size()) {
      throw new IllegalArgumentException("a node %s lacks an input".formatted(type));
    }
    return inputs.get(number);
  }

  String output() {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a node %s lacks an output".formatted(type));
    }
    return outputs.getFirst();
  }
}
