package dev.vedette.connect.sink;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a sink taken apart: its kind, at most one plain word, then {@code option=value}.
 *
 * @param word where alerts go, such as an address; null where there is none
 */
record SinkText(String text, String kind, @Nullable String word, Map<String, String> options) {
  static SinkText parse(String text) {
    List<String> words = Arrays.asList(text.strip().split("\\s+"));
    String kind = words.getFirst();
    String word = null;
    var options = new LinkedHashMap<String, String>();
    for (int i = 1; i < words.size(); i++) {
      String[] pair = words.get(i).split("=", 2);
      boolean isOption = pair.length == 2 && pair[0].matches("[a-z-]+");
      if (i == 1 && !isOption) {
        word = words.get(i);
      } else if (!isOption) {
        // Not repeated: it may be a password that lost its name.
        throw wrong(kind, "word " + (i + 1) + " is no option; write option=value");
      } else if (options.put(pair[0], pair[1]) != null) {
        throw wrong(kind, "option [" + pair[0] + "] is given twice");
      }
    }
    return new SinkText(String.join(" ", words), kind, word, options);
  }

  /** Refuses options other than {@code known}. */
  void only(String... known) {
    for (String option : options.keySet()) {
      if (!Arrays.asList(known).contains(option)) {
        throw wrong(
            known.length == 0
                ? "has no options, not [" + option + "]"
                : "has no option [%s]; it has %s".formatted(option, Arrays.toString(known)));
      }
    }
  }

  /** The plain word. */
  String word(String what, String example) {
    if (word == null) {
      throw wrong("needs " + what + "; write '" + kind + " " + example + "'");
    }
    return word;
  }

  void noWord() {
    if (word != null) {
      throw wrong("does not know what to do with [" + word + "]");
    }
  }

  @Nullable String option(String name) {
    return options.get(name);
  }

  String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  String needed(String name, String example) {
    String value = options.get(name);
    if (value == null || value.isEmpty()) {
      throw wrong("needs the option " + name + "; write " + name + "=" + example);
    }
    return value;
  }

  int number(String name, int otherwise, int min, int max) {
    String value = option(name);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw wrong("%s must be from %s to %s, is '%s'".formatted(name, min, max, value));
  }

  IllegalArgumentException wrong(String why) {
    return wrong(kind, why);
  }

  private static IllegalArgumentException wrong(String kind, String why) {
    return new IllegalArgumentException("sink " + kind + ": " + why);
  }
}
