package dev.vedette;

import dev.vedette.data.Numbers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text form of a record of options: its name, then {@code option=value} pairs, such as {@code
 * iforest trees=200 seed=7}. Options that are not named keep the value of the defaults. A record
 * with one option can be written {@code name=value}.
 *
 * <p>Names are the record's component names in lower case with hyphens. Values are numbers, {@code
 * true}, {@code false} and the constants of enums.
 */
public final class OptionText {
  private OptionText() {}

  /**
   * Reads {@code text} as one of the {@code known} records.
   *
   * @param what what the records are, for messages: "detector", "threshold"
   * @param known the defaults by name
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  public static <R> R parse(String what, Map<String, ? extends R> known, String text) {
    String[] words = text.strip().split("\\s+");
    String[] head = words[0].split("=", 2);
    R defaults = known.get(head[0]);
    if (defaults == null) {
      throw new IllegalArgumentException(
          "no %s [%s]; there are %s".formatted(what, head[0], List.copyOf(known.keySet())));
    }
    var settings = new ArrayList<String>();
    if (head.length == 2) {
      RecordComponent[] options = options(defaults);
      if (options.length != 1) {
        throw new IllegalArgumentException(
            options.length == 0
                ? head[0] + " has no options; write just " + head[0]
                : "%s has the options %s; write %s %s=..."
                    .formatted(head[0], names(options), head[0], names(options).getFirst()));
      }
      settings.add(kebab(options[0].getName()) + "=" + head[1]);
    }
    settings.addAll(Arrays.asList(words).subList(1, words.length));
    return with(head[0], defaults, settings);
  }

  /**
   * Writes every option of {@code record}, so that {@link #parse} gives back an equal record
   * whatever the defaults.
   */
  public static String format(String name, Object record) {
    var text = new StringBuilder(name);
    for (RecordComponent option : options(record)) {
      text.append(' ')
          .append(kebab(option.getName()))
          .append('=')
          .append(text(value(option, record)));
    }
    return text.toString();
  }

  /** The options of {@code record} in order, each as {@code name=value}. */
  public static List<String> settings(Object record) {
    return Arrays.stream(options(record))
        .map(option -> kebab(option.getName()) + "=" + text(value(option, record)))
        .toList();
  }

  private static <R> R with(String name, R defaults, List<String> settings) {
    RecordComponent[] options = options(defaults);
    Object[] values = new Object[options.length];
    for (int i = 0; i < options.length; i++) {
      values[i] = value(options[i], defaults);
    }
    boolean[] set = new boolean[options.length];
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      int i = names(options).indexOf(pair[0]);
      if (i < 0) {
        throw new IllegalArgumentException(
            "%s has no option [%s]; it has %s".formatted(name, pair[0], names(options)));
      }
      if (pair.length < 2 || set[i]) {
        throw new IllegalArgumentException(
            pair.length < 2
                ? "%s: option [%s] needs a value: %s=...".formatted(name, pair[0], pair[0])
                : "%s: option [%s] is given twice".formatted(name, pair[0]));
      }
      values[i] = read(name + ": " + pair[0], options[i].getType(), pair[1]);
      set[i] = true;
    }
    return construct(name, defaults, options, values);
  }

  @SuppressWarnings("unchecked") // the constructor is that of the class of defaults
  private static <R> R construct(
      String name, R defaults, RecordComponent[] options, Object[] values) {
    Class<?>[] types =
        Arrays.stream(options).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = defaults.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (R) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw new IllegalArgumentException(name + ": " + refused.getMessage(), refused);
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object read(String place, Class<?> type, String text) {
    try {
      if (type == int.class) {
        return Integer.valueOf(text);
      } else if (type == long.class) {
        return Long.valueOf(text);
      } else if (type == double.class) {
        return Double.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be %s, is '%s'"
              .formatted(place, type == double.class ? "a number" : "a whole number", text),
          e);
    }
    if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
      return Boolean.valueOf(text);
    }
    List<?> choices = type.isEnum() ? Arrays.asList(type.getEnumConstants()) : List.of(true, false);
    for (Object choice : choices) {
      if (text(choice).equals(text)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "%s must be one of %s, is '%s'"
            .formatted(place, choices.stream().map(OptionText::text).toList(), text));
  }

  private static RecordComponent[] options(Object record) {
    Require.that(
        record instanceof Record, record.getClass() + " is not a record, so it has no options");
    return record.getClass().getRecordComponents();
  }

  private static List<String> names(RecordComponent[] options) {
    return Arrays.stream(options).map(option -> kebab(option.getName())).toList();
  }

  private static Object value(RecordComponent option, Object record) {
    try {
      var accessor = option.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case Double number -> Numbers.text(number);
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      default -> value.toString();
    };
  }

  /** {@code falseAlarms} and {@code FalseAlarms} become {@code false-alarms}. */
  public static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
