package dev.vedette.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What follows the name of a program: {@code name=value} each. */
public record Arguments(Map<String, String> values) {
  /**
   * Reads the arguments of a program.
   *
   * @param known the names there are
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  public static Arguments of(String[] args, List<String> known) {
    var values = new LinkedHashMap<String, String>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (equals < 0 || !known.contains(name)) {
        throw new IllegalArgumentException(
            "'%s' is not name=value with a name of %s".formatted(arg, known));
      }
      values.put(name, arg.substring(equals + 1));
    }
    return new Arguments(values);
  }

  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  public String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + "=... is missing");
    }
    return value;
  }

  public int number(String name, int otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }
}
