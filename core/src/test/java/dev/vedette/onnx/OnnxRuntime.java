package dev.vedette.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.vedette.data.Column;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** ONNX Runtime, the judge of what is exported. */
final class OnnxRuntime {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private OnnxRuntime() {}

  /** What a file made of its inputs, by the names of its outputs. */
  record Outputs(Map<String, Object> values) {
    double[] numbers(String name) {
      return (double[]) Objects.requireNonNull(values.get(name));
    }

    boolean[] flags(String name) {
      return (boolean[]) Objects.requireNonNull(values.get(name));
    }
  }

  /** The scores that the file gives {@code rows}. */
  static double[] scores(Path file, Matrix rows) throws OrtException {
    double[] values = new double[rows.rows() * rows.columns()];
    rows.copyRows(0, rows.rows(), values);
    long[] shape = {rows.rows(), rows.columns()};
    try (OnnxTensor input =
        OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(values), shape)) {
      return run(file, Map.of("rows", input)).numbers("scores");
    }
  }

  /** The scores of a file that takes single precision and gives it out, as those of skl2onnx do. */
  static double[] singleScores(Path file, Matrix rows) throws OrtException {
    float[][] values = new float[rows.rows()][rows.columns()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < rows.columns(); j++) {
        values[i][j] = (float) rows.get(i, j);
      }
    }
    try (OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, values)) {
      var scores = run(file, Map.of("X", input)).values().get("scores");
      return Arrays.stream((float[][]) Objects.requireNonNull(scores))
          .mapToDouble(score -> score[0])
          .toArray();
    }
  }

  /** What the file makes of {@code table}, by the names of its outputs. */
  static Outputs outputs(Path file, Table table) throws OrtException {
    var inputs = new HashMap<String, OnnxTensor>();
    try {
      for (Column column : table.columns()) {
        inputs.put(column.name(), tensor(column));
      }
      return run(file, inputs);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(Column column) throws OrtException {
    int rows = column.rows();
    long[] shape = {rows, 1};
    switch (column) {
      case Column.Numeric numbers -> {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = numbers.value(i);
        }
        return OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(values), shape);
      }
      case Column.Categorical names -> {
        String[] values = new String[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = names.text(i);
        }
        return OnnxTensor.createTensor(ENVIRONMENT, values, shape);
      }
      case Column.Time times -> {
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = times.millis(i);
        }
        return OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(values), shape);
      }
    }
  }

  private static Outputs run(Path file, Map<String, OnnxTensor> given) throws OrtException {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = ENVIRONMENT.createSession(file.toString(), options)) {
        var inputs = new HashMap<>(given);
        inputs.keySet().retainAll(session.getInputNames());
        try (OrtSession.Result result = session.run(inputs)) {
          var outputs = new LinkedHashMap<String, Object>();
          for (Map.Entry<String, OnnxValue> output : result) {
            outputs.put(output.getKey(), output.getValue().getValue());
          }
          return new Outputs(outputs);
        }
      }
    }
  }
}
