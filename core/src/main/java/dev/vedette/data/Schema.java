package dev.vedette.data;

import dev.vedette.Require;
import java.util.HashSet;
import java.util.List;

/** The names and kinds of the columns of a table, in order. */
public record Schema(List<Field> fields) {
  /** One column: its name and what its values are. */
  public record Field(String name, Kind kind) {}

  public Schema {
    fields = List.copyOf(fields);
    var names = new HashSet<String>();
    for (Field field : fields) {
      Require.that(names.add(field.name()), "two columns are named '" + field.name() + "'");
    }
  }
}
