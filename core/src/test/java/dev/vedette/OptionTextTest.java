package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionTextTest {
  private enum Mode {
    PLAIN,
    TWO_WORDS
  }

  /** One option of each type. */
  private record Everything(int count, long seed, double falseAlarms, boolean robust, Mode mode) {
    Everything {
      Require.range("count", count, 1, 9);
    }
  }

  private record Single(double falseAlarms) {}

  private record Bare() {}

  private static final Everything DEFAULTS = new Everything(3, 42, 0.5, false, Mode.PLAIN);

  private static Object parse(String text) {
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("everything", DEFAULTS);
    known.put("single", new Single(0.1));
    known.put("bare", new Bare());
    return OptionText.parse("thing", known, text);
  }

  @Test
  void optionsThatAreNotNamedKeepTheirDefaults() {
    assertThat(parse("everything")).isEqualTo(DEFAULTS);
    assertThat(parse("  everything   count=7\trobust=true "))
        .isEqualTo(new Everything(7, 42, 0.5, true, Mode.PLAIN));
    assertThat(parse("everything mode=two-words false-alarms=1e-3 seed=-9223372036854775808"))
        .isEqualTo(new Everything(3, Long.MIN_VALUE, 0.001, false, Mode.TWO_WORDS));
    assertThat(parse("bare")).isEqualTo(new Bare());
  }

  @Test
  void aRecordWithOneOptionHasAShortForm() {
    assertThat(parse("single=0.25")).isEqualTo(new Single(0.25));
    assertThat(parse("single false-alarms=0.25")).isEqualTo(new Single(0.25));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nothing | no thing [nothing]; there are [everything, single, bare]",
        "~~ | no thing []; there are [everything, single, bare]",
        "Everything | no thing [Everything]; there are [everything, single, bare]",
        "everything depth=1 | everything has no option [depth]; it has [count, seed, false-alarms, robust, mode]",
        "everything falseAlarms=1 | everything has no option [falseAlarms]; it has [count, seed, false-alarms, robust, mode]",
        "everything count | everything: option [count] needs a value: count=...",
        "everything count=1 count=1 | everything: option [count] is given twice",
        "everything count= | everything: count must be a whole number, is ''",
        "everything count=2.0 | everything: count must be a whole number, is '2.0'",
        "everything count=99999999999 | everything: count must be a whole number, is '99999999999'",
        "everything seed=x | everything: seed must be a whole number, is 'x'",
        "everything false-alarms=1,5 | everything: false-alarms must be a number, is '1,5'",
        "everything robust=yes | everything: robust must be one of [true, false], is 'yes'",
        "everything mode=TWO_WORDS | everything: mode must be one of [plain, two-words], is 'TWO_WORDS'",
        "everything count=0 | everything: count must be from 1 to 9, is 0",
        "everything=3 | everything has the options [count, seed, false-alarms, robust, mode]; write everything count=...",
        "single=0.1 false-alarms=0.2 | single: option [false-alarms] is given twice",
        "bare x=1 | bare has no option [x]; it has []",
        "bare=1 | bare has no options; write just bare",
      })
  void whatIsWrongIsNamed(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void formatsEveryOption() {
    var changed = new Everything(9, -1, 1.0 / 3, true, Mode.TWO_WORDS);
    String text = OptionText.format("everything", changed);
    assertThat(text)
        .isEqualTo(
            "everything count=9 seed=-1 false-alarms=0.3333333333333333 robust=true mode=two-words");
    assertThat(parse(text)).isEqualTo(changed);
    assertThat(OptionText.settings(DEFAULTS))
        .containsExactly("count=3", "seed=42", "false-alarms=0.5", "robust=false", "mode=plain");
    assertThat(OptionText.format("bare", new Bare())).isEqualTo("bare");
  }

  @Test
  void everyDoubleComesBack() {
    for (double value :
        new double[] {
          0, 0.1, -3, 1e-300, 1e300, 123456789.125, 0.00012345, Double.MIN_VALUE, Math.PI * 1e14
        }) {
      assertThat(parse(OptionText.format("single", new Single(value))))
          .isEqualTo(new Single(value));
    }
  }

  @Test
  void theLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : new String[] {"ar-EG", "tr-TR", "de-DE"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(OptionText.format("single", new Single(1234.5)))
            .isEqualTo("single false-alarms=1234.5");
        assertThat(OptionText.kebab("minPoints")).isEqualTo("min-points");
        assertThat(OptionText.kebab("IsolationINDEX")).isEqualTo("isolation-index");
        assertThatThrownBy(() -> parse("everything count=0"))
            .hasMessage("everything: count must be from 1 to 9, is 0");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void onlyRecordsHaveOptions() {
    assertThatThrownBy(() -> OptionText.format("x", "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("class java.lang.String is not a record, so it has no options");
  }
}
