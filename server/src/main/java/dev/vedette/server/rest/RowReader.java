package dev.vedette.server.rest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.vedette.data.Schema;
import dev.vedette.data.Table;
import dev.vedette.data.TableBuilder;
import dev.vedette.server.model.HostedModel;
import dev.vedette.server.model.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads rows for a model from text that may be hostile. In JSON a row is an object of values by
 * name, an array of values in the order of the model's columns, or such an array as the features of
 * SageMaker's requests; in CSV the columns are in the order of the model, or named by a header.
 */
final class RowReader {
  private final JsonFactory factory;

  /**
   * @param depth how deep JSON may nest
   */
  RowReader(int depth) {
    factory = EventReader.builder(depth).build();
  }

  /**
   * The rows in {@code body}, of media type {@code type}.
   *
   * @throws Problem saying where it is wrong
   */
  Table table(String type, byte[] body, HostedModel model) {
    var rows = new Rows(model);
    switch (type) {
      case "text/csv" -> csv(body, rows);
      case "application/json" -> json(body, rows);
      default -> lines(body, rows);
    }
    return rows.table.build();
  }

  private void json(byte[] body, Rows rows) {
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      rows.all(json);
      if (json.nextToken() != null) {
        throw Problem.bad(
            EventReader.place(json), "something follows the JSON value; send one value");
      }
    } catch (JacksonException e) {
      throw EventReader.broken(e, "");
    }
  }

  private void lines(byte[] body, Rows rows) {
    int line = 1;
    for (int from = 0; from < body.length; line++) {
      int end = from;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (!EventReader.blank(body, from, end)) {
        try (JsonParser json =
            factory.createParser(ObjectReadContext.empty(), body, from, end - from)) {
          json.nextToken();
          rows.one(json);
          if (json.nextToken() != null) {
            throw Problem.bad("line " + line, "something follows the row; write one row a line");
          }
        } catch (JacksonException e) {
          throw EventReader.broken(e, "line " + line + ", ");
        }
      }
      from = end + 1;
    }
  }

  private static void csv(byte[] body, Rows rows) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.bad("body", "it is not UTF-8; send it in UTF-8");
    }
    if (text.chars().filter(c -> c == '"').count() % 2 == 1) {
      throw Problem.bad("body", "a quote is not closed; double the quotes inside a quoted field");
    }
    try (CsvReader<CsvRecord> records =
        CsvReader.builder().allowMissingFields(true).allowExtraFields(true).ofCsvRecord(text)) {
      int[] order = {};
      boolean first = true;
      for (CsvRecord record : records) {
        List<String> fields = record.getFields();
        order = first ? rows.header(fields) : order;
        if (!first || order.length == 0) {
          rows.record(fields, order, record.getStartingLineNumber());
        }
        first = false;
      }
    } catch (CsvParseException e) {
      throw Problem.bad(
          "body", "not CSV that can be read; double the quotes inside a quoted field");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows read so far. */
  private static final class Rows {
    private final HostedModel model;
    private final Map<String, Integer> columns = new HashMap<>();
    private final TableBuilder table;

    Rows(HostedModel model) {
      this.model = model;
      this.table = new TableBuilder(model.schema());
      for (Schema.Field field : model.schema().fields()) {
        columns.put(field.name(), columns.size());
      }
    }

    private int width() {
      return columns.size();
    }

    private String place() {
      return "row " + (table.rows() + 1);
    }

    /** For each field of the records its column, or -1; empty where {@code fields} is a row. */
    int[] header(List<String> fields) {
      List<String> names = fields.stream().map(RowReader::name).toList();
      if (!names.containsAll(columns.keySet())) {
        return new int[0];
      }
      if (names.stream().distinct().count() != names.size()) {
        throw Problem.bad("line 1", "the header has a name twice; rename or drop one");
      }
      return names.stream().mapToInt(name -> columns.getOrDefault(name, -1)).toArray();
    }

    void record(List<String> fields, int[] order, long line) {
      boolean named = order.length > 0;
      int wanted = named ? order.length : width();
      if (fields.size() != wanted) {
        throw Problem.bad(
            "line " + line,
            "%d values, and %s has %d%s"
                .formatted(
                    fields.size(),
                    named ? "the header" : "the model",
                    wanted,
                    named ? "; send as many" : ": " + remedy()));
      }
      for (int i = 0; i < wanted; i++) {
        int column = named ? order[i] : i;
        if (column >= 0) {
          table.text(column, fields.get(i));
        }
      }
      table.endRow();
    }

    private String remedy() {
      List<String> out =
          model.decider().model().encoding().dropped().stream()
              .map(dropped -> dropped.name())
              .limit(20)
              .toList();
      return "send %s in this order%s"
          .formatted(Inputs.names(model), out.isEmpty() ? "" : ", without " + out);
    }

    /** A row, an array of rows, or an object with the instances. */
    void all(JsonParser json) {
      if (json.currentToken() == JsonToken.START_ARRAY) {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_ARRAY && first != JsonToken.START_OBJECT) {
          values(json);
          table.endRow();
          return;
        }
        each(json);
      } else {
        one(json);
      }
    }

    /** Rows from the current token to the end of their array. */
    private void each(JsonParser json) {
      while (json.currentToken() != JsonToken.END_ARRAY) {
        one(json);
        json.nextToken();
      }
    }

    /** The row at the current token. */
    void one(JsonParser json) {
      switch (json.currentToken()) {
        case START_OBJECT -> object(json);
        case START_ARRAY -> {
          json.nextToken();
          values(json);
          table.endRow();
        }
        case null, default ->
            throw Problem.bad(place(), "it is not a row; send an object or an array of values");
      }
    }

    private void object(JsonParser json) {
      var seen = new BitSet();
      boolean listed = false;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        boolean nested = value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT;
        if (nested && !listed && seen.isEmpty()) {
          listed = true;
          nested(json, name);
        } else if (listed || nested) {
          throw Problem.bad(
              place() + "." + EventReader.shown(name),
              "a row is an object of values, or of features and nothing else");
        } else {
          named(json, name, seen);
        }
      }
      if (!listed) {
        table.endRow();
      }
    }

    /** The forms in which requests to SageMaker's own algorithms come. */
    private void nested(JsonParser json, String name) {
      boolean array = json.currentToken() == JsonToken.START_ARRAY;
      if (array && name.equals("instances")) {
        json.nextToken();
        each(json);
      } else if (array && (name.equals("features") || name.equals("values"))) {
        json.nextToken();
        values(json);
        table.endRow();
      } else if (!array && (name.equals("data") || name.equals("features"))) {
        object(json);
      } else {
        throw Problem.bad(
            place() + "." + EventReader.shown(name),
            "it is not a value; send a number, text, flag or null");
      }
    }

    /** The values of a row in the order of the columns, from the current token to their end. */
    private void values(JsonParser json) {
      int column = 0;
      for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
        if (column < width()) {
          value(json, column, "[" + column + "]");
        } else if (json.currentToken() == null || json.currentToken().isStructStart()) {
          throw Problem.bad(place() + "[" + column + "]", "it is not a value");
        }
        column++;
      }
      if (column != width()) {
        throw Problem.bad(
            place(), "%d values, and the model has %d: %s".formatted(column, width(), remedy()));
      }
    }

    private void named(JsonParser json, String name, BitSet seen) {
      Integer column = columns.get(name);
      if (column == null) {
        if (model.leftOut(name)) {
          return;
        }
        throw Problem.bad(
            place() + "." + EventReader.shown(name),
            "the model has no such column; it has " + Inputs.names(model));
      }
      if (seen.get(column)) {
        throw Problem.bad(place() + "." + EventReader.shown(name), "it is there twice; drop one");
      }
      seen.set(column);
      value(json, column, "." + EventReader.shown(name));
    }

    private void value(JsonParser json, int column, String at) {
      switch (json.currentToken()) {
        case VALUE_NULL -> table.missing(column);
        case VALUE_TRUE -> table.text(column, "true");
        case VALUE_FALSE -> table.text(column, "false");
        case VALUE_STRING -> table.text(column, json.getString());
        case VALUE_NUMBER_INT -> table.number(column, EventReader.whole(json, place() + at));
        case VALUE_NUMBER_FLOAT -> table.number(column, json.getDoubleValue());
        case null, default ->
            throw Problem.bad(place() + at, "it is not a value; send a number, text, flag or null");
      }
    }
  }

  private static String name(String field) {
    String stripped = field.strip();
    return stripped.startsWith("\ufeff") ? stripped.substring(1) : stripped;
  }
}
