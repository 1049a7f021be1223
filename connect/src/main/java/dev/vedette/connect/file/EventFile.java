package dev.vedette.connect.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.vedette.DataException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of events, one a line: CSV with a header, or JSON Lines; {@code .gz} of both. It is read
 * row by row, so that it may be larger than the memory.
 *
 * <p>A CSV value that is written as a number is one ({@code 4711}, {@code -1.5e3}; not {@code 007}
 * and not {@code +49}), {@code true} and {@code false} are flags, nothing is missing, and all else
 * is text. JSON says itself what a value is.
 */
public final class EventFile {
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  /** Whole numbers of so many characters are kept to the last digit. */
  private static final int LONG = 16;

  private final Path path;

  public EventFile(Path path) {
    this.path = path;
  }

  /** Takes the fields of one event and where it stands, such as {@code events.csv line 17}. */
  public interface Taker {
    void take(Map<String, Object> fields, String place);
  }

  /**
   * Gives every event to {@code taker}, in the order of the file.
   *
   * @throws DataException naming the line that cannot be read
   */
  public void read(Taker taker) {
    if (!Files.exists(path)) {
      throw new DataException(path + " does not exist");
    }
    if (Files.isDirectory(path)) {
      throw new DataException(path + " is a folder; name a file in it");
    }
    try (InputStream bytes = Files.newInputStream(path);
        BufferedReader reader = open(bytes)) {
      passOverByteOrderMark(reader);
      if (isJson(reader)) {
        json(reader, taker);
      } else {
        csv(reader, taker);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static BufferedReader open(InputStream file) throws IOException {
    InputStream bytes = new BufferedInputStream(file, 1 << 16);
    bytes.mark(2);
    boolean zipped = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    InputStream plain = zipped ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    return new BufferedReader(
        new InputStreamReader(
            plain,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)),
        1 << 16);
  }

  private static void passOverByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  private static boolean isJson(BufferedReader reader) throws IOException {
    reader.mark(1);
    int first = reader.read();
    reader.reset();
    return first == '{';
  }

  private void json(BufferedReader reader, Taker taker) throws IOException {
    JsonMapper mapper =
        JsonMapper.builder(
                JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        String place = path + " line " + number;
        Map<String, Object> fields;
        try {
          fields = mapper.readValue(line, FIELDS);
        } catch (JacksonException e) {
          throw new DataException(
              place + " is not a JSON object: " + e.getOriginalMessage() + "; write one a line", e);
        }
        taker.take(fields, place);
      }
    }
  }

  private void csv(BufferedReader reader, Taker taker) throws IOException {
    try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(reader)) {
      List<String> header = null;
      for (CsvRecord row : rows) {
        if (header == null) {
          header = row.getFields();
          refuseTwice(header);
        } else {
          taker.take(fields(header, row), path + " line " + row.getStartingLineNumber());
        }
      }
    } catch (CsvParseException e) {
      throw new DataException(path + ": " + e.getMessage(), e);
    }
  }

  private void refuseTwice(List<String> header) {
    var names = new HashSet<String>();
    for (String name : header) {
      if (!names.add(name)) {
        throw new DataException(
            path + ": the column '" + name + "' is there twice; rename or drop one");
      }
    }
  }

  private static Map<String, Object> fields(List<String> header, CsvRecord row) {
    var fields = LinkedHashMap.<String, Object>newLinkedHashMap(header.size());
    for (int i = 0; i < header.size(); i++) {
      Object value = value(row.getField(i));
      if (value != null) {
        fields.put(header.get(i), value);
      }
    }
    return fields;
  }

  static @Nullable Object value(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (isNumber(text)) {
      int sign = text.charAt(0) == '-' ? 1 : 0;
      boolean isWhole = sign + digits(text, sign) == text.length();
      // A double would lose digits, and two ids could become one.
      return isWhole && text.length() >= LONG ? new BigInteger(text) : Double.valueOf(text);
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> text;
    };
  }

  /** Whether {@code text} is a number as JSON writes them. */
  private static boolean isNumber(String text) {
    int at = text.charAt(0) == '-' ? 1 : 0;
    int whole = digits(text, at);
    if (whole == 0 || whole > 300 || (whole > 1 && text.charAt(at) == '0')) {
      return false;
    }
    at += whole;
    if (at < text.length() && text.charAt(at) == '.') {
      int fraction = digits(text, at + 1);
      if (fraction == 0) {
        return false;
      }
      at += 1 + fraction;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      at += at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? 1 : 0;
      int exponent = digits(text, at);
      if (exponent == 0) {
        return false;
      }
      at += exponent;
    }
    return at == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }
}
