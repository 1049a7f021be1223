package dev.vedette.server.rest;

import dev.vedette.server.model.Datatype;
import dev.vedette.server.model.HostedModel.Reasons;
import dev.vedette.server.model.Output;
import dev.vedette.server.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads requests of the Open Inference Protocol that may be hostile: JSON, and after it the bytes
 * of the tensors that are sent so (the binary tensor data extension).
 */
final class InferenceReader {
  private static final int MOST_INPUTS = 10_000;

  /**
   * An output that is asked for.
   *
   * @param binary whether as bytes
   */
  record Wanted(Output output, boolean binary) {}

  /**
   * A request.
   *
   * @param id to be given back; null where there is none
   */
  record Inference(@Nullable String id, List<Tensor> inputs, List<Wanted> outputs) {
    Reasons reasons() {
      return outputs.stream().anyMatch(wanted -> wanted.output() == Output.REASONS)
          ? Reasons.ALL
          : Reasons.NONE;
    }
  }

  private record Named(Output output, @Nullable Boolean binary) {}

  private final JsonFactory factory;

  InferenceReader(int depth) {
    // Clients write NaN where a number is missing, though JSON has no such thing.
    factory = EventReader.builder(depth).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  }

  /**
   * The request in {@code body}.
   *
   * @param header the bytes of JSON it begins with
   */
  Inference read(byte[] body, int header) {
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body, 0, header)) {
      var reading = new Reading(json, ByteBuffer.wrap(body, header, body.length - header).slice());
      Inference inference = reading.all();
      if (json.nextToken() != null) {
        throw Problem.bad(
            EventReader.place(json), "something follows the JSON value; send one value");
      }
      return inference;
    } catch (JacksonException e) {
      throw EventReader.broken(e, "");
    }
  }

  private static final class Reading {
    private final JsonParser json;
    private final ByteBuffer tail;
    private @Nullable String id;
    private boolean binary;
    private final List<Tensor> inputs = new ArrayList<>();
    private @Nullable List<Named> outputs;
    private long values;

    Reading(JsonParser json, ByteBuffer tail) {
      this.json = json;
      this.tail = tail;
    }

    Inference all() {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Problem.bad("body", "it is not an object; send one with inputs");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "id" -> id = text("id");
          case "parameters" -> binary = Boolean.TRUE.equals(flag("binary_data_output"));
          case "inputs" -> inputs();
          case "outputs" -> outputs = outputs();
          default -> json.skipChildren();
        }
      }
      if (tail.hasRemaining()) {
        throw Problem.bad("body", tail.remaining() + " bytes follow those of the inputs");
      }
      return new Inference(id, inputs, wanted());
    }

    private List<Wanted> wanted() {
      List<Named> named = outputs;
      if (named == null || named.isEmpty()) {
        return Output.usual().stream().map(output -> new Wanted(output, binary)).toList();
      }
      return named.stream()
          .map(one -> new Wanted(one.output, one.binary == null ? binary : one.binary))
          .toList();
    }

    private String text(String place) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw Problem.bad(place, "it is not a text");
      }
      return json.getString();
    }

    /** The flag {@code wanted} in the parameters at the current token; null where it is not. */
    private @Nullable Boolean flag(String wanted) {
      Boolean found = null;
      if (json.currentToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          JsonToken value = json.nextToken();
          if (name.equals(wanted)) {
            found = value == JsonToken.VALUE_TRUE;
          }
          json.skipChildren();
        }
      }
      return found;
    }

    private void array(String place) {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw Problem.bad(place, "it is not an array");
      }
    }

    private void inputs() {
      array("inputs");
      while (json.nextToken() != JsonToken.END_ARRAY) {
        String place = "inputs[" + inputs.size() + "]";
        if (json.currentToken() != JsonToken.START_OBJECT) {
          throw Problem.bad(place, "it is not an object");
        }
        if (inputs.size() == MOST_INPUTS) {
          throw Problem.bad(place, "more than " + MOST_INPUTS + " inputs; send fewer");
        }
        inputs.add(input(place));
      }
    }

    private Tensor input(String place) {
      String name = null;
      Datatype type = null;
      List<Long> shape = null;
      Tensor.Values data = null;
      long bytes = -1;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String property = json.currentName();
        json.nextToken();
        switch (property) {
          case "name" -> name = text(place + ".name");
          case "datatype" -> type = datatype(place);
          case "shape" -> shape = shape(place);
          case "parameters" -> bytes = size(bytes);
          case "data" -> {
            data = TensorData.read(json, place + ".data", Tensor.MOST - values);
            values += data.count();
          }
          default -> json.skipChildren();
        }
      }
      if (name == null || type == null || shape == null || (data == null) == (bytes < 0)) {
        throw Problem.bad(place, "an input has name, datatype, shape, and data or binary data");
      }
      if (data == null) {
        return Tensor.raw(name, type, shape, cut(place, bytes));
      }
      TensorData.check(place + ".data", type, data);
      return new Tensor(name, type, shape, data);
    }

    private Datatype datatype(String place) {
      return Datatype.of(Texts.shown(text(place + ".datatype")));
    }

    private List<Long> shape(String place) {
      array(place + ".shape");
      List<Long> shape = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || shape.size() == 8) {
          throw Problem.bad(place + ".shape", "it is not an array of at most 8 whole numbers");
        }
        shape.add(json.getLongValue());
      }
      return shape;
    }

    private long size(long before) {
      long size = before;
      if (json.currentToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          JsonToken value = json.nextToken();
          if (name.equals("binary_data_size") && value == JsonToken.VALUE_NUMBER_INT) {
            size = json.getLongValue();
          }
          json.skipChildren();
        }
      }
      return size;
    }

    private ByteBuffer cut(String place, long bytes) {
      if (bytes > tail.remaining()) {
        throw Problem.bad(
            place,
            "%d bytes of it are announced, and %d are left".formatted(bytes, tail.remaining()));
      }
      ByteBuffer part = tail.slice(tail.position(), (int) bytes);
      tail.position(tail.position() + (int) bytes);
      return part;
    }

    private List<Named> outputs() {
      array("outputs");
      List<Named> all = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        String place = "outputs[" + all.size() + "]";
        if (json.currentToken() != JsonToken.START_OBJECT || all.size() == 100) {
          throw Problem.bad(place, "it is not an object with the name of an output");
        }
        all.add(output(place));
      }
      return all;
    }

    private Named output(String place) {
      String name = null;
      Boolean asBytes = null;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String property = json.currentName();
        json.nextToken();
        switch (property) {
          case "name" -> name = text(place + ".name");
          case "parameters" -> asBytes = flag("binary_data");
          default -> json.skipChildren();
        }
      }
      return new Named(Output.of(Objects.requireNonNullElse(name, "")), asBytes);
    }
  }
}
