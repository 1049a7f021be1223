package dev.vedette;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Writes values as {@link Codec} describes. */
final class ModelWriter {
  private static final int CHUNK = 8192;

  private final DataOutputStream out;
  private final Detectors detectors;

  ModelWriter(DataOutputStream out, Detectors detectors) {
    this.out = out;
    this.detectors = detectors;
  }

  void write(Object value, Type type) throws IOException {
    Class<?> raw = Codec.raw(type);
    if (Codec.isScalar(raw)) {
      writeScalar(value);
    } else if (raw.isArray()) {
      writeArray(value, raw);
    } else if (raw == List.class) {
      writeList((List<?>) value, Codec.elementOf(type));
    } else if (value instanceof RowDetector detector) {
      writeScalar(detectors.text(detector));
    } else if (value instanceof OnlineDetector detector) {
      writeScalar(detectors.text(detector));
    } else if (value instanceof SeriesDetector detector) {
      writeScalar(detectors.text(detector));
    } else if (raw == SeriesModel.class) {
      writeScalar(detectors.entry(((SeriesModel) value).detector()).name());
      writeRecord(value);
    } else if (raw == SeriesState.class) {
      writeScalar(detectors.entry(((SeriesState) value).resume().detector()).name());
      writeRecord(value);
    } else if (raw == OnlineState.class) {
      writeScalar(detectors.entry((OnlineState) value).name());
      writeRecord(value);
    } else if (raw == RowModel.class) {
      writeScalar(detectors.entry(((RowModel) value).detector()).name());
      writeRecord(value);
    } else if (raw.isSealed()) {
      writeScalar(value.getClass().getSimpleName());
      writeRecord(value);
    } else if (value instanceof Record) {
      writeRecord(value);
    } else {
      throw new IllegalArgumentException("a model cannot hold a " + raw.getName());
    }
  }

  private void writeRecord(Object record) throws IOException {
    RecordComponent[] components = Codec.components(record.getClass());
    int present = 0;
    for (RecordComponent component : components) {
      present += value(component, record) == null ? 0 : 1;
    }
    out.writeInt(present);
    for (RecordComponent component : components) {
      Object value = value(component, record);
      if (value != null) {
        writeScalar(component.getName());
        write(value, component.getGenericType());
      } else if (!Codec.isOptional(component)) {
        throw new IllegalArgumentException(component + " is null");
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Object value(
      RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void writeList(List<?> list, Type element) throws IOException {
    out.writeInt(list.size());
    for (Object value : list) {
      write(Objects.requireNonNull(value), element);
    }
  }

  private void writeScalar(Object value) throws IOException {
    switch (value) {
      case Integer number -> out.writeInt(number);
      case Long number -> out.writeLong(number);
      case Float number -> out.writeFloat(number);
      case Double number -> out.writeDouble(number);
      case Boolean flag -> out.writeBoolean(flag);
      case Enum<?> constant -> writeScalar(constant.name());
      default -> {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    }
  }

  private void writeArray(Object array, Class<?> type) throws IOException {
    switch (array) {
      case double[] values ->
          writeNumbers(
              values.length,
              Double.BYTES,
              (to, from, size) -> to.asDoubleBuffer().put(values, from, size));
      case float[] values ->
          writeNumbers(
              values.length,
              Float.BYTES,
              (to, from, size) -> to.asFloatBuffer().put(values, from, size));
      case long[] values ->
          writeNumbers(
              values.length,
              Long.BYTES,
              (to, from, size) -> to.asLongBuffer().put(values, from, size));
      case int[] values ->
          writeNumbers(
              values.length,
              Integer.BYTES,
              (to, from, size) -> to.asIntBuffer().put(values, from, size));
      case Object[] values -> {
        out.writeInt(values.length);
        for (Object value : values) {
          write(value, type.getComponentType());
        }
      }
      default -> throw new IllegalArgumentException("a model cannot hold a " + type.getName());
    }
  }

  /** Puts {@code size} numbers of an array, those from {@code from} on, into a buffer. */
  @FunctionalInterface
  private interface Part {
    void put(ByteBuffer to, int from, int size);
  }

  private void writeNumbers(int length, int bytes, Part part) throws IOException {
    out.writeInt(length);
    for (int from = 0; from < length; from += CHUNK) {
      int size = Math.min(CHUNK, length - from);
      ByteBuffer chunk = ByteBuffer.allocate(size * bytes);
      part.put(chunk, from, size);
      out.write(chunk.array());
    }
  }
}
