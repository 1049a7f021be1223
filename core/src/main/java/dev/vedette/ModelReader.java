package dev.vedette;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as {@link Codec} describes. Nothing is allocated before it is known that so many
 * bytes are left, so memory is bounded by the size of the file; every record goes through its
 * validating constructor.
 */
final class ModelReader {
  private static final int CHUNK = 8192;

  /** Of series, rolling over windows, with a detector of rows. */
  private static final int MOST_DEPTH = 3;

  private final DataInputStream in;
  private final Detectors detectors;
  private long left;
  private int depth;

  ModelReader(DataInputStream in, long length, Detectors detectors) {
    this.in = in;
    this.left = length;
    this.detectors = detectors;
  }

  /** The bytes that have not been read yet. */
  long left() {
    return left;
  }

  Object read(Type type) throws IOException {
    Class<?> raw = Codec.raw(type);
    if (Codec.isScalar(raw)) {
      return readScalar(raw);
    } else if (raw.isArray()) {
      return readArray(raw.getComponentType());
    } else if (raw == List.class) {
      return readList(Codec.elementOf(type));
    } else if (raw == RowModel.class) {
      return readModel(entry(readText()).model());
    } else if (RowDetector.class.isAssignableFrom(raw)) {
      return readDetector(raw);
    } else if (raw == OnlineState.class) {
      return readRecord(onlineEntry(readText()).state());
    } else if (OnlineDetector.class.isAssignableFrom(raw)) {
      return readOnlineDetector(raw);
    } else if (raw == SeriesModel.class) {
      return readModel(seriesEntry(readText()).model());
    } else if (raw == SeriesState.class) {
      return readRecord(streamEntry(readText()).state());
    } else if (SeriesDetector.class.isAssignableFrom(raw)) {
      return readSeriesDetector(raw);
    } else if (raw.isSealed()) {
      return readRecord(permitted(raw, readText()));
    }
    return readRecord(raw);
  }

  /** A model may hold models, those models, and those none. */
  private Object readModel(Class<?> type) throws IOException {
    if (depth == MOST_DEPTH) {
      throw new ModelFileException("it holds models more than %s deep".formatted(MOST_DEPTH));
    }
    depth++;
    Object model = readRecord(type);
    depth--;
    return model;
  }

  private Detectors.Entry entry(String name) {
    return detectors.named(name).orElseThrow(() -> unknown(name));
  }

  private Detectors.OnlineEntry onlineEntry(String name) {
    return detectors.onlineEntries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private Detectors.SeriesEntry seriesEntry(String name) {
    return detectors.seriesEntries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private Detectors.SeriesEntry streamEntry(String name) {
    Detectors.SeriesEntry entry = seriesEntry(name);
    Require.that(entry.streams(), "its detector [" + name + "] does not learn point by point");
    return entry;
  }

  private SeriesDetector readSeriesDetector(Class<?> expected) throws IOException {
    SeriesDetector detector = detectors.parseSeries(readText());
    Require.that(expected.isInstance(detector), "a model has the options of another detector");
    return detector;
  }

  private static ModelFileException unknown(String name) {
    return new ModelFileException("its detector [" + name + "] is not in the catalogue");
  }

  private RowDetector readDetector(Class<?> expected) throws IOException {
    RowDetector detector = detectors.parse(readText());
    Require.that(expected.isInstance(detector), "a model has the options of another detector");
    return detector;
  }

  private OnlineDetector readOnlineDetector(Class<?> expected) throws IOException {
    OnlineDetector detector = detectors.parseOnline(readText());
    Require.that(expected.isInstance(detector), "a state has the options of another detector");
    return detector;
  }

  private static Class<?> permitted(Class<?> type, String name) {
    return Codec.permitted(type).stream()
        .filter(one -> one.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelFileException(
                    "there is no " + type.getSimpleName() + " of the kind '" + name + "'"));
  }

  private Object readRecord(Class<?> type) throws IOException {
    RecordComponent[] components = Codec.components(type);
    @Nullable Object[] values = new Object[components.length];
    int present = in.readInt();
    took(Integer.BYTES);
    Require.that(
        present >= 0 && present <= components.length,
        type.getSimpleName() + " has " + present + " parts");
    for (int i = 0; i < present; i++) {
      String name = readText();
      int at = indexOf(components, name);
      if (at < 0 || values[at] != null) {
        throw new ModelFileException(
            "%s has no part '%s', or has it twice".formatted(type.getSimpleName(), name));
      }
      values[at] = read(components[at].getGenericType());
    }
    for (int at = 0; at < values.length; at++) {
      if (values[at] == null && !Codec.isOptional(components[at])) {
        throw new ModelFileException(
            "%s lacks its part '%s'".formatted(type.getSimpleName(), components[at].getName()));
      }
    }
    return construct(type, components, values);
  }

  private static int indexOf(RecordComponent[] components, String name) {
    for (int i = 0; i < components.length; i++) {
      if (components[i].getName().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable refused = e.getTargetException();
      throw new ModelFileException(type.getSimpleName() + ": " + refused.getMessage(), refused);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object readScalar(Class<?> type) throws IOException {
    if (type == int.class) {
      took(Integer.BYTES);
      return in.readInt();
    } else if (type == long.class) {
      took(Long.BYTES);
      return in.readLong();
    } else if (type == float.class) {
      took(Float.BYTES);
      return in.readFloat();
    } else if (type == double.class) {
      took(Double.BYTES);
      return in.readDouble();
    } else if (type == boolean.class) {
      took(1);
      return in.readBoolean();
    }
    String text = readText();
    if (type == Instant.class) {
      return Instant.parse(text);
    } else if (type == ZoneId.class) {
      return ZoneId.of(text);
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
      throw new ModelFileException("there is no " + type.getSimpleName() + " '" + text + "'");
    }
    return text;
  }

  private String readText() throws IOException {
    byte[] text = new byte[length(1)];
    in.readFully(text);
    took(text.length);
    return new String(text, StandardCharsets.UTF_8);
  }

  private List<Object> readList(Type element) throws IOException {
    int length = length(1);
    var list = new ArrayList<Object>();
    for (int i = 0; i < length; i++) {
      list.add(read(element));
    }
    return list;
  }

  private Object readArray(Class<?> element) throws IOException {
    if (element == double.class) {
      double[] values = new double[length(Double.BYTES)];
      readNumbers(
          values.length,
          Double.BYTES,
          (chunk, from, size) -> chunk.asDoubleBuffer().get(values, from, size));
      return values;
    } else if (element == float.class) {
      float[] values = new float[length(Float.BYTES)];
      readNumbers(
          values.length,
          Float.BYTES,
          (chunk, from, size) -> chunk.asFloatBuffer().get(values, from, size));
      return values;
    } else if (element == long.class) {
      long[] values = new long[length(Long.BYTES)];
      readNumbers(
          values.length,
          Long.BYTES,
          (chunk, from, size) -> chunk.asLongBuffer().get(values, from, size));
      return values;
    } else if (element == int.class) {
      int[] values = new int[length(Integer.BYTES)];
      readNumbers(
          values.length,
          Integer.BYTES,
          (chunk, from, size) -> chunk.asIntBuffer().get(values, from, size));
      return values;
    }
    int length = length(Integer.BYTES); // every array and record starts with a count
    Object array = Array.newInstance(element, length);
    for (int i = 0; i < length; i++) {
      Array.set(array, i, read(element));
    }
    return array;
  }

  /** Gets {@code size} numbers of an array, those from {@code from} on, out of a buffer. */
  @FunctionalInterface
  private interface Part {
    void get(ByteBuffer chunk, int from, int size);
  }

  private void readNumbers(int length, int bytes, Part part) throws IOException {
    for (int from = 0; from < length; from += CHUNK) {
      int size = Math.min(CHUNK, length - from);
      part.get(chunk(size * bytes), from, size);
    }
  }

  private ByteBuffer chunk(int size) throws IOException {
    byte[] bytes = new byte[size];
    in.readFully(bytes);
    took(size);
    return ByteBuffer.wrap(bytes);
  }

  /** Reads a count of elements that take at least {@code bytes} each. */
  private int length(int bytes) throws IOException {
    int length = in.readInt();
    took(Integer.BYTES);
    if (length < 0 || (long) length * bytes > left) {
      throw new ModelFileException(
          "%s values are announced where %s bytes are left".formatted(length, left));
    }
    return length;
  }

  private void took(long bytes) throws EOFException {
    left -= bytes;
    if (left < 0) {
      throw new EOFException();
    }
  }
}
