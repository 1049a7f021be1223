package dev.vedette.server.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named array of one type, as the Open Inference Protocol sends it.
 *
 * @param shape the size of each dimension
 * @param values all elements, the last dimension running fastest
 */
public record Tensor(String name, Datatype type, List<Long> shape, Values values) {
  /** The most elements of a tensor, and of all in one request. */
  public static final int MOST = 2_000_000;

  /** The elements of a tensor. */
  public sealed interface Values {
    int count();
  }

  /** Numbers, NaN where there is none; flags are 0 and 1. */
  public record Numbers(double[] values) implements Values {
    @Override
    public int count() {
      return values.length;
    }
  }

  /** Texts, null where there is none. */
  public record Texts(List<@Nullable String> values) implements Values {
    public Texts {
      values = Collections.unmodifiableList(values);
    }

    @Override
    public int count() {
      return values.size();
    }
  }

  public Tensor {
    shape = List.copyOf(shape);
    long wanted = count(name, shape);
    if (wanted != values.count()) {
      throw RefusedException.invalid(
          "input '%s' of shape %s has %d values, and %d came; send as many as the shape says"
              .formatted(name, shape, wanted, values.count()));
    }
  }

  /** A column of numbers. */
  static Tensor of(String name, Datatype type, double[] values) {
    return new Tensor(name, type, List.of((long) values.length), new Numbers(values));
  }

  private static int count(String name, List<Long> shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0) {
        throw RefusedException.invalid(
            "input '%s' has the shape %s; a size is not negative".formatted(name, shape));
      }
      if (size > MOST || count * size > MOST) {
        throw new RefusedException(
            RefusedException.Reason.TOO_LARGE,
            "input '%s' of shape %s has more than %,d values; send it in parts"
                .formatted(name, shape, MOST));
      }
      count *= size;
    }
    return (int) count;
  }

  /**
   * The tensor whose elements are {@code bytes}, all of them.
   *
   * @throws RefusedException when they are more or fewer than the shape says
   */
  public static Tensor raw(String name, Datatype type, List<Long> shape, ByteBuffer bytes) {
    int count = count(name, shape);
    ByteBuffer from = bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (type == Datatype.BYTES) {
      return new Tensor(name, type, shape, new Texts(texts(name, count, from)));
    }
    if (from.remaining() != (long) count * type.size()) {
      throw RefusedException.invalid(
          "input '%s' of datatype %s and shape %s has %d bytes, and %d came"
              .formatted(name, type, shape, (long) count * type.size(), from.remaining()));
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = type.next(from);
    }
    return new Tensor(name, type, shape, new Numbers(values));
  }

  private static List<@Nullable String> texts(String name, int count, ByteBuffer from) {
    List<@Nullable String> texts = new ArrayList<>(Math.min(count, from.remaining() / 4));
    while (from.remaining() >= 4 && texts.size() < count) {
      int length = from.getInt();
      if (length < 0 || length > from.remaining()) {
        throw RefusedException.invalid(
            "input '%s': text %d is cut off; give the length of each in 4 bytes before it"
                .formatted(name, texts.size() + 1));
      }
      byte[] text = new byte[length];
      from.get(text);
      texts.add(new String(text, StandardCharsets.UTF_8));
    }
    if (from.hasRemaining()) {
      throw RefusedException.invalid(
          "input '%s': %d bytes follow its %d texts".formatted(name, from.remaining(), count));
    }
    return texts;
  }

  /** The elements as bytes. */
  public byte[] raw() {
    return switch (values) {
      case Numbers numbers -> raw(numbers.values);
      case Texts texts -> raw(texts.values);
    };
  }

  private byte[] raw(double[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * type.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : numbers) {
      switch (type) {
        case BOOL -> bytes.put((byte) value);
        case FP64 -> bytes.putDouble(value);
        default -> throw new IllegalStateException(type + " is never answered");
      }
    }
    return bytes.array();
  }

  private static byte[] raw(List<@Nullable String> texts) {
    byte[][] each =
        texts.stream()
            .map(text -> (text == null ? "" : text).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    int size = Arrays.stream(each).mapToInt(text -> 4 + text.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] text : each) {
      bytes.putInt(text.length).put(text);
    }
    return bytes.array();
  }
}
