package dev.vedette.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Constant values as ONNX keeps them (TensorProto), little-endian. */
record Tensor(ElementType type, long[] shape, byte[] values) {
  static Tensor of(double[] values, long... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
    littleEndian(bytes).asDoubleBuffer().put(values);
    return new Tensor(ElementType.DOUBLE, shape, bytes);
  }

  static Tensor of(float[] values, long... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(values);
    return new Tensor(ElementType.FLOAT, shape, bytes);
  }

  static Tensor of(long[] values, long... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    littleEndian(bytes).asLongBuffer().put(values);
    return new Tensor(ElementType.INT64, shape, bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  ProtoWriter write(String name) {
    return new ProtoWriter()
        .numbers(1, shape)
        .number(2, type.number())
        .text(8, name)
        .bytes(9, values);
  }
}
