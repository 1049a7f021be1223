package dev.vedette;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What both directions of the codec agree on: how the components of a record are found, and which
 * classes stand behind an interface. The type that is expected decides how bytes are read, so a
 * file can never name a class of its own choice:
 *
 * <ul>
 *   <li>int, long, float, double, boolean, String, Instant, ZoneId, enums, and arrays and lists of
 *       anything here;
 *   <li>a record is its components by name, so that components can be added later;
 *   <li>a sealed interface is the simple name of one of its records, then the record;
 *   <li>a {@link RowDetector}, {@link OnlineDetector} or {@link SeriesDetector} is its text; a
 *       {@link RowModel}, {@link SeriesModel}, {@link OnlineState} or {@link SeriesState} is the
 *       name of its detector, then the record.
 * </ul>
 */
final class Codec {
  private Codec() {}

  static RecordComponent[] components(Class<?> record) {
    RecordComponent[] components = record.getRecordComponents();
    for (RecordComponent component : components) {
      component.getAccessor().setAccessible(true);
    }
    return components;
  }

  /** Whether a component may be absent: its type is marked {@link Nullable}. */
  static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /**
   * The records a value of the sealed interface {@code type} can be, in the order of their names.
   */
  static List<Class<?>> permitted(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses())
        .sorted(Comparator.comparing(Class::getSimpleName))
        .toList();
  }

  static Type elementOf(Type list) {
    return ((ParameterizedType) list).getActualTypeArguments()[0];
  }

  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  static boolean isScalar(Class<?> type) {
    return type.isPrimitive()
        || type == String.class
        || type == Instant.class
        || type == ZoneId.class
        || type.isEnum();
  }
}
