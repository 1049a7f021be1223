package dev.vedette.onnx;

import java.util.List;

/** A fixed setting of a node (AttributeProto). */
record Attribute(ProtoWriter message) {
  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int STRING = 3;
  private static final int TENSOR = 4;
  private static final int GRAPH = 5;
  private static final int FLOATS = 6;
  private static final int INTS = 7;
  private static final int STRINGS = 8;

  private static ProtoWriter named(String name, int type) {
    return new ProtoWriter().text(1, name).number(20, type);
  }

  static Attribute of(String name, long value) {
    return new Attribute(named(name, INT).number(3, value));
  }

  static Attribute of(String name, float value) {
    return new Attribute(named(name, FLOAT).real(2, value));
  }

  static Attribute of(String name, String value) {
    return new Attribute(named(name, STRING).text(4, value));
  }

  static Attribute of(String name, Tensor value) {
    return new Attribute(named(name, TENSOR).message(5, value.write(name)));
  }

  static Attribute of(String name, Graph value) {
    return new Attribute(named(name, GRAPH).message(6, value.write(name)));
  }

  static Attribute of(String name, long[] values) {
    return new Attribute(named(name, INTS).numbers(8, values));
  }

  static Attribute of(String name, float[] values) {
    ProtoWriter message = named(name, FLOATS);
    for (float value : values) {
      message.real(7, value);
    }
    return new Attribute(message);
  }

  static Attribute of(String name, List<String> values) {
    ProtoWriter message = named(name, STRINGS);
    values.forEach(value -> message.text(9, value));
    return new Attribute(message);
  }
}
