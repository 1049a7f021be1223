package dev.vedette.server.rest;

import dev.vedette.server.model.Datatype;
import dev.vedette.server.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The elements of a tensor in JSON: numbers or texts in arrays, however deep, as they come. */
final class TensorData {
  private final String place;
  private double[] numbers = new double[16];
  private int count;
  private @Nullable List<@Nullable String> texts;

  private TensorData(String place) {
    this.place = place;
  }

  /**
   * The elements in the array at the current token.
   *
   * @param most of them
   */
  static Tensor.Values read(JsonParser json, String place, long most) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Problem.bad(place, "it is not an array");
    }
    var data = new TensorData(place);
    int depth = 1;
    while (depth > 0) {
      switch (json.nextToken()) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> depth--;
        case VALUE_STRING -> data.text(json.getString());
        case VALUE_NULL -> data.number(Double.NaN);
        case VALUE_TRUE -> data.number(1);
        case VALUE_FALSE -> data.number(0);
        case VALUE_NUMBER_INT -> data.number(EventReader.whole(json, place));
        case VALUE_NUMBER_FLOAT -> data.number(json.getDoubleValue());
        case null, default -> throw Problem.bad(place, "it is not an array of values");
      }
      if (data.size() > most) {
        throw new Problem(
            413,
            "the inputs have more than %,d values; send them in parts".formatted(Tensor.MOST),
            place);
      }
    }
    return data.values();
  }

  private int size() {
    return texts == null ? count : texts.size();
  }

  private void number(double value) {
    if (texts != null) {
      if (!Double.isNaN(value)) {
        throw mixed();
      }
      texts.add(null);
      return;
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = value;
  }

  private void text(String value) {
    if (texts == null) {
      if (!blank()) {
        throw mixed();
      }
      List<@Nullable String> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(null);
      }
      texts = all;
    }
    texts.add(value);
  }

  /** Whether there are but missing values. */
  private boolean blank() {
    return Arrays.stream(numbers, 0, count).allMatch(Double::isNaN);
  }

  private Problem mixed() {
    return Problem.bad(place, "it has both numbers and texts; send numbers as texts, too");
  }

  private Tensor.Values values() {
    return texts == null
        ? new Tensor.Numbers(Arrays.copyOf(numbers, count))
        : new Tensor.Texts(texts);
  }

  /** Refuses {@code values} of another kind than {@code type}. */
  static void check(String place, Datatype type, Tensor.Values values) {
    boolean texts = values instanceof Tensor.Texts;
    boolean blank =
        values instanceof Tensor.Numbers some
            && Arrays.stream(some.values()).allMatch(Double::isNaN);
    if (texts != (type == Datatype.BYTES) && !blank) {
      throw Problem.bad(
          place,
          texts
              ? "it has texts; a tensor of texts has the datatype BYTES"
              : "it has numbers; a tensor of datatype BYTES has texts");
    }
  }
}
