package dev.vedette.data;

import dev.vedette.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks of the names of the columns of a file. */
final class Header {
  private Header() {}

  /**
   * The names in {@code names} without surrounding blanks.
   *
   * @throws DataException when a name is blank or there twice
   */
  static List<String> checked(String file, long line, String[] names) {
    var checked = new ArrayList<String>(names.length);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      String name = names[i].strip();
      if (name.isEmpty()) {
        throw new DataException(
            "%s line %d: column %d of %d has no name; name it in the header"
                .formatted(file, line, i + 1, names.length));
      }
      Integer before = places.put(name, i + 1);
      if (before != null) {
        throw new DataException(
            "%s line %d: columns %d and %d are both named %s; rename one"
                .formatted(file, line, before, i + 1, Cells.quoted(name)));
      }
      checked.add(name);
    }
    return List.copyOf(checked);
  }

  /**
   * The index of column {@code name}.
   *
   * @throws DataException listing the columns there are
   */
  static int find(String file, List<String> header, String role, String name) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new DataException(
          "%s has no column '%s' (%s); its columns are %s"
              .formatted(file, name, role, listed(header)));
    }
    return index;
  }

  /** The names, or the first of them when there are many. */
  static String listed(List<String> names) {
    int shown = Math.min(names.size(), 50);
    String list = String.join(", ", names.subList(0, shown));
    return shown == names.size() ? list : list + ", ... (" + names.size() + " in all)";
  }
}
