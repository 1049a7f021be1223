package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.math.Seeds;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  private static double parse(String text) {
    // Characters around the slice must not matter.
    char[] padded = ("9" + text + "9").toCharArray();
    return NumberText.parse(padded, 1, padded.length - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1",
        "+3",
        ".5",
        "5.",
        "-.5e-3",
        "1e5",
        "1E+5",
        "1e-22",
        "1e22",
        "1e23",
        "1e-23",
        "9007199254740992",
        "9007199254740993",
        "123456789012345678901234567890",
        "0.1",
        "0.30000000000000004",
        "5e-324",
        "2e-324",
        "1.7976931348623157e308",
        "0e999999",
        "000000000000000000000000000001",
        "0.000000000000000000000000000001",
        "-5.3711030363"
      })
  void readsTheSameBitsAsTheJdk(String text) {
    assertThat(Double.doubleToRawLongBits(parse(text)))
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "+", "-", ".", "-.", "e5", "1e", "1e+", "1d", "1f", "0x1p3", "NaN", "1,5", "1.2.3",
        "--1", "1 2", "1_000", "١", "abc", "1e5e5", "12a"
      })
  void refusesWhatIsNoDecimalNumber(String text) {
    assertThat(parse(text)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "+Inf", "INFINITY", "1e999", "∞", "1.#INF", "9e99999999999"})
  void knowsInfinityInAnySpelling(String text) {
    assertThat(parse(text)).isEqualTo(Double.POSITIVE_INFINITY);
    if (!text.startsWith("+")) {
      assertThat(parse("-" + text)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void agreesWithTheJdkOnRandomNumbers() {
    SplittableRandom random = Seeds.stream(11, 0);
    for (int i = 0; i < 300_000; i++) {
      String text = randomNumber(random);
      assertThat(Double.doubleToRawLongBits(parse(text)))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }
  }

  private static String randomNumber(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> finite(random);
      case 1 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 2 ->
          String.format(Locale.ROOT, "%." + random.nextInt(20) + "f", random.nextDouble(-1e6, 1e6));
      default -> (random.nextLong() >>> random.nextInt(64)) + "e" + random.nextInt(-30, 31);
    };
  }

  private static String finite(SplittableRandom random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.toString(Double.isFinite(value) ? value : 1.5);
  }
}
