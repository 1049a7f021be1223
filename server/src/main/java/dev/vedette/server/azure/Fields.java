package dev.vedette.server.azure;

import dev.vedette.azure.MultivariateAlignment;
import dev.vedette.azure.MultivariateAlignment.Fill;
import dev.vedette.azure.MultivariateAlignment.Mode;
import dev.vedette.server.azure.TrainingInfo.Layout;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that the fields of multivariate requests are held to, in the words of the service. */
final class Fields {
  private static final String FILLS =
      "The 'fillNAMethod' field must be one of the following: 'Previous', 'Subsequent', 'Linear',"
          + " 'Zero', 'Fixed', 'NotFill'. It cannot be 'NotFill' when 'alignMode' is 'Outer'.";

  private final Map<String, ? extends @Nullable Object> fields;

  Fields(Map<String, ? extends @Nullable Object> fields) {
    this.fields = fields;
  }

  /** The source, under the name of v1.1 or that of the previews. */
  String source() {
    Object source = fields.get("dataSource");
    source = source == null ? fields.get("source") : source;
    if (source == null || source.equals("")) {
      throw AzureException.bad(
          "RequiredSource", "The 'dataSource' field is required in the request.");
    }
    return text("dataSource", source);
  }

  long time(String name, String code) {
    Object time = fields.get(name);
    if (time == null || time.equals("")) {
      throw AzureException.bad(code, "The '%s' field is required in the request.".formatted(name));
    }
    if (!(time instanceof String text)) {
      throw AzureException.bad(
          "InvalidTimestampFormat",
          "Invalid timestamp format. The '%s' field must be a text.".formatted(name));
    }
    return Moments.parse(text);
  }

  /** Refuses an end that lies before the start. */
  static void checkSpan(long start, long end) {
    if (end < start) {
      throw AzureException.bad(
          "InvalidRequestParameterError", "The 'startTime' field must not be after 'endTime'.");
    }
  }

  private static String text(String name, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw AzureException.bad(
        "InvalidJsonFormat", "Invalid JSON format. The '%s' field must be a text.".formatted(name));
  }

  @Nullable String displayName() {
    Object name = fields.get("displayName");
    if (name == null) {
      return null;
    }
    String text = text("displayName", name);
    if (text.length() > 24) {
      throw AzureException.bad(
          "InvalidRequestParameterError",
          "The 'displayName' field cannot have more than 24 characters.");
    }
    return text;
  }

  @Nullable Layout layout() {
    Object schema = fields.get("dataSchema");
    if (schema == null) {
      return null;
    }
    for (Layout layout : Layout.values()) {
      if (layout.text().equals(schema)) {
        return layout;
      }
    }
    throw AzureException.bad(
        "InvalidRequestParameterError",
        "The 'dataSchema' field must be one of the following: 'OneTable', 'MultiTable'.");
  }

  int whole(String name, int otherwise, String code, int least, int most) {
    Object value = fields.get(name);
    if (value == null) {
      return otherwise;
    }
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    if (number != Math.rint(number) || !(number >= least && number <= most)) {
      throw AzureException.bad(
          code,
          "The '%s' field must be an integer between %s and %s.".formatted(name, least, most));
    }
    return (int) number;
  }

  MultivariateAlignment alignment() {
    Object policy = fields.get("alignPolicy");
    if (policy == null) {
      return new MultivariateAlignment();
    }
    if (!(policy instanceof Map<?, ?> given)) {
      throw AzureException.bad(
          "InvalidJsonFormat", "Invalid JSON format. The 'alignPolicy' field must be an object.");
    }
    Mode mode = mode(given.get("alignMode"));
    Fill fill = fill(given.get("fillNAMethod"));
    if (fill == Fill.NOT_FILL && mode == Mode.OUTER) {
      throw AzureException.bad("InvalidFillNAMethod", FILLS);
    }
    Object padding = given.get("paddingValue");
    if (fill == Fill.FIXED && !(padding instanceof Number)) {
      throw AzureException.bad(
          "RequiredPaddingValue",
          "The 'paddingValue' field is required in the request when 'fillNAMethod' is 'Fixed'.");
    }
    return new MultivariateAlignment(
        mode, fill, padding instanceof Number number ? number.doubleValue() : 0);
  }

  private static Mode mode(@Nullable Object text) {
    if (text == null || text.equals("Outer")) {
      return Mode.OUTER;
    }
    if (text.equals("Inner")) {
      return Mode.INNER;
    }
    throw AzureException.bad(
        "InvalidAlignMode",
        "The 'alignMode' field must be one of the following: 'Inner' or 'Outer' .");
  }

  private static Fill fill(@Nullable Object text) {
    if (text == null) {
      return Fill.LINEAR;
    }
    for (Fill fill : Fill.values()) {
      if (TrainingInfo.text(fill).equals(text)) {
        return fill;
      }
    }
    throw AzureException.bad("InvalidFillNAMethod", FILLS);
  }
}
