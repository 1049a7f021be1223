package dev.vedette.data;

import dev.vedette.Require;

/** Imputations in text. */
final class ImputationText {
  private ImputationText() {}

  static Imputation parse(String text) {
    String[] parts = text.strip().split("\\s*=\\s*", 2);
    String number = parts.length == 2 ? parts[1] : "";
    if (parts.length == 2 && !parts[0].equals("fixed") && !parts[0].equals("periodic")) {
      throw unknown(text);
    }
    return switch (parts[0]) {
      case "previous" -> new Imputation.Previous();
      case "linear" -> new Imputation.Linear();
      case "spline" -> new Imputation.Spline();
      case "zero" -> new Imputation.Constant();
      case "none" -> new Imputation.None();
      case "fixed" -> new Imputation.Constant(number(text, number));
      case "periodic" ->
          parts.length == 1 ? new Imputation.Periodic() : new Imputation.Periodic(period(number));
      default -> throw unknown(text);
    };
  }

  private static double number(String text, String number) {
    double value = NumberText.parse(number.toCharArray(), 0, number.length());
    Require.that(
        Double.isFinite(value), "fixed needs a number, such as fixed=3, is '" + text + "'");
    return value;
  }

  private static int period(String number) {
    Require.that(
        number.matches("\\d{1,7}") && Integer.parseInt(number) >= 2,
        "periodic needs its period in points, 2 or more, such as periodic=24, is '" + number + "'");
    return Integer.parseInt(number);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "gaps are filled by previous, linear, periodic, periodic=24, spline, zero, fixed=3 or none,"
            + " not by '"
            + text
            + "'");
  }

  static String text(Imputation imputation) {
    return switch (imputation) {
      case Imputation.None none -> "none";
      case Imputation.Previous previous -> "previous";
      case Imputation.Linear linear -> "linear";
      case Imputation.Spline spline -> "spline";
      case Imputation.Periodic(int period) -> period == 0 ? "periodic" : "periodic=" + period;
      case Imputation.Constant(double value) ->
          value == 0 ? "zero" : "fixed=" + Numbers.text(value);
    };
  }
}
