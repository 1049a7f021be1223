package dev.vedette;

import dev.vedette.data.Numbers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text form of a record of options: its name, then {@code option=value} pairs, such as {@code
 * iforest trees=200 seed=7}. Options that are not named keep the value of the defaults. A record
 * with one option can be written {@code name=value}.
 *
 * <p>Names are the record's component names in lower case with hyphens. Values are numbers, {@code
 * true}, {@code false}, the constants of enums, and whole numbers with hyphens between them such as
 * {@code 15-7-15}; {@code auto} stands for none; and words without a space. The options of a nested
 * record are written like its own.
 */
public final class OptionText {
  private static final String NO_UNITS = "auto";

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
      List<String> names = List.copyOf(values(defaults).keySet());
      if (names.size() != 1) {
        throw new IllegalArgumentException(
            names.isEmpty()
                ? head[0] + " has no options; write just " + head[0]
                : "%s has the options %s; write %s %s=..."
                    .formatted(head[0], names, head[0], names.getFirst()));
      }
      settings.add(names.getFirst() + "=" + head[1]);
    }
    settings.addAll(Arrays.asList(words).subList(1, words.length));
    return with(head[0], defaults, settings);
  }

  /**
   * Writes every option of {@code record}, so that {@link #parse} gives back an equal record
   * whatever the defaults.
   */
  public static String format(String name, Object record) {
    var words = new ArrayList<String>();
    words.add(name);
    words.addAll(settings(record));
    return String.join(" ", words);
  }

  /** The options of {@code record} in order, each as {@code name=value}. */
  public static List<String> settings(Object record) {
    return values(record).entrySet().stream()
        .map(option -> option.getKey() + "=" + text(option.getValue()))
        .toList();
  }

  private static <R> R with(String name, R defaults, List<String> settings) {
    List<String> names = List.copyOf(values(defaults).keySet());
    var given = new LinkedHashMap<String, String>();
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      if (!names.contains(pair[0])) {
        throw new IllegalArgumentException(
            "%s has no option [%s]; it has %s".formatted(name, pair[0], names));
      }
      if (pair.length < 2 || given.put(pair[0], pair[1]) != null) {
        throw new IllegalArgumentException(
            pair.length < 2
                ? "%s: option [%s] needs a value: %s=...".formatted(name, pair[0], pair[0])
                : "%s: option [%s] is given twice".formatted(name, pair[0]));
      }
    }
    return with(name, defaults, given);
  }

  /** {@code defaults} with what was given instead, its nested records likewise. */
  private static <R> R with(String name, R defaults, Map<String, String> given) {
    RecordComponent[] options = options(defaults);
    Object[] values = new Object[options.length];
    for (int i = 0; i < options.length; i++) {
      String option = kebab(options[i].getName());
      String text = given.get(option);
      Object value = value(options[i], defaults);
      if (value instanceof Record nested) {
        value = with(name, nested, given);
      } else if (text != null) {
        value = read(name + ": " + option, options[i].getType(), text);
      }
      values[i] = value;
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
    if (type == List.class) {
      return units(place, text);
    }
    if (type == String.class) {
      return text;
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

  /** The options by name, those of nested records among them. */
  private static Map<String, Object> values(Object record) {
    var values = new LinkedHashMap<String, Object>();
    for (RecordComponent option : options(record)) {
      Object value = value(option, record);
      if (value instanceof Record nested) {
        values.putAll(values(nested));
      } else {
        values.put(kebab(option.getName()), value);
      }
    }
    return values;
  }

  private static List<Integer> units(String place, String text) {
    if (text.equals(NO_UNITS)) {
      return List.of();
    }
    try {
      return Arrays.stream(text.split("-", -1)).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be whole numbers with hyphens between them, or %s, is '%s'"
              .formatted(place, NO_UNITS, text),
          e);
    }
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
      case List<?> units ->
          units.isEmpty()
              ? NO_UNITS
              : units.stream().map(Object::toString).collect(Collectors.joining("-"));
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      default -> value.toString();
    };
  }

  /** {@code falseAlarms} and {@code FalseAlarms} become {@code false-alarms}. */
  public static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
