package dev.vedette.pipeline.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
  @Test
  void namesAreTheTextsAndFieldsWhatTheyRead() {
    Features features =
        Features.parse(
            List.of(
                "ratio(amount, mean( amount , 30d ))",
                "log(ratio(rate(1h), rate(30d)))",
                "novel(\"merchant type\", 90d)",
                "hour(at, \"+02:00\")",
                "speed(lat, lon)"));
    assertThat(features.names()).hasSize(5).startsWith("ratio(amount, mean( amount , 30d ))");
    assertThat(features.fields()).containsExactly("amount", "merchant type", "lat", "lon");
  }

  @Test
  void windowsAreShared() {
    Features features =
        Features.parse(
            List.of(
                "sum(x, 1h)", "std(x, 1h)", "max(x, 60m)", "count(1h)", "rate(1h)", "mean(x, 2h)"));
    assertThat(features.plan().traces())
        .extracting(Trace::width)
        .as("widths of x over 1h, the counts, x over 2h")
        .containsExactly(6, 2, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mean(amount 30d) | character 13: ',' or ')' is expected, found '3'",
        "mean(amount, 30d | character 17: ',' or ')' is expected, found the end",
        "mean(amount, 30x) | character 16: a window is a number and s, m, h or d",
        "mean(amount, 0s) | character 14: a window is 1s to 3650d long",
        "mean(amount, 99999999999999999999d) | a window is 1s to 3650d long",
        "count(0 events) | a window has 1 to 1000 events",
        "mean(amount) | character 1: mean has 1 inputs; write mean(field, 30d)",
        "average(amount, 30d) | character 1: there is no function average; write a field, or one",
        "count(amount) | character 7: a window is expected",
        "sum(ratio(a, b), 1h) | character 5: a field is expected",
        "novel(shop, 50 events) | character 13: a length of time is expected",
        "novel(shop, 30d, after()) | character 18: after and a length of time is expected",
        "surprise(shop, 30d, after(1d, 2d)) | character 21: after and a length of time is expected",
        "sum(amount, tumbling \u0663d) | character 22: ',' or ')' is expected",
        "novel(shop, 30d, after \u0663d) | character 24: ',' or ')' is expected",
        "30d | character 1: a window alone is no feature",
        "amount amount | character 8: the feature should end here, found 'a'",
        "hour(amount) | character 6: amount is not the time of the event; write hour(at)",
        "hour(at, Europe/Nowhere) | character 10: a time zone is expected",
        "mean(at, 30d) | character 6: at is the time of the event",
        "ratio(amount, ) | character 15: a field, a function or a window is expected, found ')'",
        "\"amount | character 1: a name in quotes has no closing quote",
        "`` | character 1: a field, a function or a window is expected, found the end",
      })
  void errorsNameThePlace(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.parse(List.of("amount", text), "at"))
        .withMessageStartingWith("feature '" + text + "', ")
        .withMessageContaining(message);
  }

  @Test
  void hostileTextsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.parse(List.of("log(".repeat(200))))
        .withMessageContaining("nested more than 20 deep");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.parse(List.of("a".repeat(2000))))
        .withMessageContaining("2000 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.parse(List.of("\uD83D\uDE00")))
        .withMessageContaining("found '\uD83D\uDE00'");
  }
}
