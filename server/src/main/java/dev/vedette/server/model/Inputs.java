package dev.vedette.server.model;

import dev.vedette.DataException;
import dev.vedette.data.Kind;
import dev.vedette.data.Schema;
import dev.vedette.data.Table;
import dev.vedette.data.TableBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of a model of tensors: one tensor for each column, of shape [rows] or [rows, 1];
 * or a single one of shape [rows, columns], with the columns in the order of the model.
 */
public final class Inputs {
  private final HostedModel model;
  private final List<Schema.Field> fields;
  private final TableBuilder table;

  private Inputs(HostedModel model) {
    this.model = model;
    this.fields = model.schema().fields();
    this.table = new TableBuilder(model.schema());
  }

  /** The datatype in which a column of {@code kind} is best sent. */
  public static Datatype datatype(Kind kind) {
    return switch (kind) {
      case NUMBER -> Datatype.FP64;
      case FLAG -> Datatype.BOOL;
      case CATEGORY, TIME -> Datatype.BYTES;
    };
  }

  /**
   * The rows in {@code tensors}.
   *
   * @throws RefusedException when they are not what the model takes
   */
  public static Table table(HostedModel model, List<Tensor> tensors) {
    try {
      return new Inputs(model).read(tensors);
    } catch (DataException e) {
      throw RefusedException.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Table read(List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      throw RefusedException.invalid("there are no inputs; " + remedy());
    }
    if (tensors.stream().mapToLong(tensor -> tensor.values().count()).sum() > Tensor.MOST) {
      throw new RefusedException(
          RefusedException.Reason.TOO_LARGE,
          "the inputs have more than %,d values; send them in parts".formatted(Tensor.MOST));
    }
    Tensor first = tensors.getFirst();
    boolean column = fields.stream().anyMatch(field -> field.name().equals(first.name()));
    if (tensors.size() == 1 && !(column && (fields.size() == 1 || first.shape().size() == 1))) {
      matrix(first);
    } else {
      columns(tensors);
    }
    return table.build();
  }

  private void matrix(Tensor tensor) {
    if (tensor.shape().size() != 2 || tensor.shape().get(1) != fields.size()) {
      throw RefusedException.invalid(
          "input '%s' has the shape %s; %s"
              .formatted(shown(tensor.name()), tensor.shape(), remedy()));
    }
    int width = fields.size();
    for (int column = 0; column < width; column++) {
      column(column, tensor, column, width);
    }
  }

  private void columns(List<Tensor> tensors) {
    Map<String, Tensor> byName = HashMap.newHashMap(tensors.size());
    @Nullable Long rows = null;
    for (Tensor tensor : tensors) {
      String name = shown(tensor.name());
      if (byName.put(tensor.name(), tensor) != null) {
        throw RefusedException.invalid("input '" + name + "' is there twice; send it once");
      }
      List<Long> shape = tensor.shape();
      if (shape.isEmpty() || shape.size() > 2 || (shape.size() == 2 && shape.get(1) != 1)) {
        throw RefusedException.invalid(
            "input '%s' has the shape %s; send [rows] or [rows, 1]".formatted(name, shape));
      }
      if (rows != null && !rows.equals(shape.getFirst())) {
        throw RefusedException.invalid(
            "input '%s' has %d rows, the one before has %d; send as many of each"
                .formatted(name, shape.getFirst(), rows));
      }
      rows = shape.getFirst();
      if (fields.stream().noneMatch(field -> field.name().equals(tensor.name()))
          && !model.leftOut(tensor.name())) {
        throw RefusedException.invalid(
            "the model has no input '%s'; it has %s".formatted(name, names()));
      }
    }
    for (int column = 0; column < fields.size(); column++) {
      Tensor tensor = byName.get(fields.get(column).name());
      if (tensor == null) {
        throw RefusedException.invalid(
            "input '%s' is missing; the model takes %s"
                .formatted(fields.get(column).name(), names()));
      }
      column(column, tensor, 0, 1);
    }
  }

  /** Every {@code step}-th value of {@code tensor}, from {@code from} on. */
  private void column(int column, Tensor tensor, int from, int step) {
    switch (tensor.values()) {
      case Tensor.Numbers numbers -> {
        for (int i = from; i < numbers.values().length; i += step) {
          table.number(column, numbers.values()[i]);
        }
      }
      case Tensor.Texts texts -> {
        for (int i = from; i < texts.values().size(); i += step) {
          String text = texts.values().get(i);
          if (text == null) {
            table.missing(column);
          } else {
            table.text(column, text);
          }
        }
      }
    }
  }

  private String remedy() {
    return "send one input for each of %s, or one of shape [rows, %d] with them in this order"
        .formatted(names(), fields.size());
  }

  private List<String> names() {
    return names(model);
  }

  /** The names of the columns of {@code model}, for messages. */
  public static List<String> names(HostedModel model) {
    List<String> all = model.schema().fields().stream().map(Schema.Field::name).toList();
    return all.size() <= 50 ? all : all.subList(0, 50);
  }

  private static String shown(String name) {
    String cut = name.length() > 200 ? name.substring(0, 200) + "..." : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
