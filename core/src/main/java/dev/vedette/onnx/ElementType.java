package dev.vedette.onnx;

/** What the elements of a tensor are, with the number ONNX gives it (TensorProto.DataType). */
enum ElementType {
  FLOAT(1),
  INT64(7),
  STRING(8),
  BOOL(9),
  DOUBLE(11);

  private final int number;

  ElementType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
