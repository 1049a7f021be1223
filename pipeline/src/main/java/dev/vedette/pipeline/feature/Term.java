package dev.vedette.pipeline.feature;

import java.util.List;

/** A piece of the text of a feature, before it is known what it means. */
sealed interface Term {
  /** Where it begins, the first character being 1. */
  int place();

  /** A name, such as {@code amount}; also of a time zone. */
  record Name(String text, int place) implements Term {}

  /** A window, such as {@code 30d}. */
  record Span(Window window, int place) implements Term {}

  /** A function and its inputs, such as {@code mean(amount, 30d)}. */
  record Call(String name, List<Term> inputs, int place) implements Term {
    /** With its first {@code count} inputs alone. */
    Call first(int count) {
      return new Call(name, inputs.subList(0, count), place);
    }
  }
}
