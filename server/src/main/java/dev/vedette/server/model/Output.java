package dev.vedette.server.model;

import dev.vedette.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a model says of each row, as tensors of shape [rows]. */
public enum Output {
  SCORE(Datatype.FP64),
  P_VALUE(Datatype.FP64),
  SEVERITY(Datatype.FP64),
  FLAGGED(Datatype.BOOL),
  /** Why, as a JSON array for each row; only on request, since it costs far more than the rest. */
  REASONS(Datatype.BYTES);

  private final Datatype type;

  Output(Datatype type) {
    this.type = type;
  }

  public Datatype type() {
    return type;
  }

  /** As it is called in requests. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is answered where nothing in particular was asked for. */
  public static List<Output> usual() {
    return List.of(SCORE, P_VALUE, SEVERITY, FLAGGED);
  }

  /**
   * The output called {@code text}.
   *
   * @throws RefusedException naming those there are
   */
  public static Output of(String text) {
    for (Output output : values()) {
      if (output.text().equals(text)) {
        return output;
      }
    }
    throw RefusedException.invalid(
        "there is no such output; there are " + Arrays.stream(values()).map(Output::text).toList());
  }

  /** Of {@code scored}, which has reasons where they are asked for. */
  public Tensor tensor(HostedModel.Scored scored) {
    return switch (this) {
      case SCORE -> numbers(scored, Decision::score);
      case P_VALUE -> numbers(scored, Decision::pValue);
      case SEVERITY -> numbers(scored, Decision::severity);
      case FLAGGED -> numbers(scored, decision -> decision.flagged() ? 1 : 0);
      case REASONS -> reasons(scored);
    };
  }

  private Tensor numbers(HostedModel.Scored scored, ToDoubleFunction<Decision> value) {
    return Tensor.of(text(), type, scored.decisions().stream().mapToDouble(value).toArray());
  }

  private Tensor reasons(HostedModel.Scored scored) {
    List<String> texts =
        scored.reasons().stream()
            .map(reason -> reason == null ? "[]" : ReasonJson.text(reason))
            .toList();
    return new Tensor(
        text(), type, List.of((long) texts.size()), new Tensor.Texts(List.copyOf(texts)));
  }
}
