package dev.vedette.data;

import dev.vedette.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The records of a JSON Lines file: one flat object per line. The columns are the keys of all
 * lines, in order of first appearance; a key that a line lacks, and null, are missing values.
 */
final class JsonRecords implements Records {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxStringLength(Cells.MOST_CHARACTERS)
                  .build())
          .build();

  private final String file;
  private final LineReader lines;
  private final Cells cells = new Cells();
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<String> names;
  private final boolean collecting;

  private JsonRecords(String file, LineReader lines, List<String> names, boolean collecting) {
    this.file = file;
    this.lines = lines;
    this.names = names;
    this.collecting = collecting;
    names.forEach(name -> columns.put(name, columns.size()));
  }

  /** The records of a file whose keys are {@code header}. */
  JsonRecords(String file, TextReader text, List<String> header) {
    this(file, new LineReader(file, text), List.copyOf(header), false);
  }

  /** The keys of all objects in {@code text}; lines that are not objects are passed over. */
  static List<String> keys(String file, TextReader text) throws IOException {
    var names = new ArrayList<String>();
    BadRow first = null;
    try (var records = new JsonRecords(file, new LineReader(file, text), names, true)) {
      boolean more = true;
      while (more) {
        try {
          more = records.next();
        } catch (BadRow judgedAgainWhenRowsAreRead) {
          first = first == null ? judgedAgainWhenRowsAreRead : first;
        }
      }
    }
    if (names.isEmpty() && first != null) {
      throw first.refusal(file);
    }
    if (names.isEmpty()) {
      throw new DataException(
          file + " has no JSON object with a key on any line; expected one object per line");
    }
    return List.copyOf(names);
  }

  @Override
  public boolean next() throws BadRow, IOException {
    if (!lines.next()) {
      return false;
    }
    cells.begin(lines.line(), names.size());
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), lines.characters, 0, lines.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw bad(null, "not a JSON object", "write one object per line,");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        field(json);
      }
      if (json.nextToken() != null) {
        throw bad(null, "more than one JSON value", "write one object per line,");
      }
    } catch (JacksonException e) {
      throw bad(
          null,
          "not a complete JSON object: " + Cells.quoted(String.valueOf(e.getOriginalMessage())),
          "write one object per line,");
    }
    return true;
  }

  private void field(JsonParser json) throws BadRow {
    String name = json.currentName();
    int column = column(name);
    JsonToken token = json.nextToken();
    if (token.isStructStart()) {
      String what = token == JsonToken.START_OBJECT ? "an object" : "an array";
      throw bad(
          name,
          what + " is not a value of a table",
          "flatten it into fields of its own or drop it,");
    }
    if (collecting) {
      json.finishToken();
      return;
    }
    if (cells.isSet(column)) {
      throw bad(name, "the key is there twice", "rename one,");
    }
    boolean fits =
        token == JsonToken.VALUE_NULL
            ? cells.set(column, new char[0], 0, 0)
            : cells.set(
                column, json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    if (!fits) {
      throw bad(name, "the line is too long", "shorten it,");
    }
  }

  private int column(String name) throws BadRow {
    Integer known = columns.get(name);
    if (known != null) {
      return known;
    }
    if (!collecting) {
      throw new DataException(
          "%s line %d: the key %s was not there before; the file changed while it was read"
              .formatted(file, lines.line(), Cells.quoted(name)));
    }
    if (name.isBlank()) {
      throw new DataException("%s line %d: a key is blank; name it".formatted(file, lines.line()));
    }
    if (names.size() == Cells.MOST_COLUMNS) {
      throw new DataException(
          "%s line %d: more than %d different keys; is one of them a value?"
              .formatted(file, lines.line(), Cells.MOST_COLUMNS));
    }
    columns.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  private BadRow bad(@Nullable String column, String reason, String remedy) {
    return new BadRow(lines.line(), column, reason, remedy);
  }

  @Override
  public List<String> header() {
    return names;
  }

  @Override
  public Cells cells() {
    return cells;
  }

  @Override
  public List<String> rawHeader() {
    return List.of("record");
  }

  @Override
  public String[] raw() {
    return new String[] {new String(lines.characters, 0, lines.length)};
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
