package dev.vedette.pipeline.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  private static Wording wording(String feature) {
    return Features.parse(List.of(feature)).wording(0, null, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amount                        | 17.25 | 3       | amount is 17.3, normally about 3
          amount                        | 5     | NaN     | amount is 5
          amount                        | NaN   | 3       | amount is missing
          log(amount)                   | 8.294 | 3.367   | amount is 3999, normally about 28
          log(amount)                   | -0.7  | 0       | amount is -1.01, normally about 0
          log(ratio(a, mean(a, 30d)))   | 4     | 0.6931  | ratio(a, mean(a, 30d)) is 53.6, normally about 1
          deviation(log(amount), 90d)   | 4.35  | -0.0269 | amount is 77.5 times the usual
          deviation(amount, 90d)        | -40   | 1       | amount is 40 below the usual
          zscore(amount, 90d)           | 5.123 | 0       | amount is 5.12 spreads above the usual
          surprise(country, 90d)        | 20.17 | 1       | country is as rare as 1 in 1,200,000, normally 1 in 2 or more
          category(type)                | 3     | 1.5     | type is as rare as 1 in 8, normally 1 in 3
          surprise(hour(at), 90d)       | 7     | 4       | the hour is as rare as 1 in 130, normally 1 in 16
          novel(ship_to, 90d)           | 1     | 0       | ship_to is new
          change(device)                | 1     | 0       | device has changed
          missing(amount)               | 1     | 0       | amount is missing
          difference(a, mean(a, 5m))    | 0.93  | -0.0004 | difference(a, mean(a, 5m)) is +0.93, normally about -0.0004
          """)
  void saysWhatAFeatureWas(String feature, double value, double normal, String text) {
    assertThat(wording(feature).text(value, normal)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cpu                        | CPU use     | %       | 1        | 0.0712  | CPU use is 100 %, normally about 7.1 %
          difference(a, mean(a, 5m)) | CPU use     | %       | 0.93     | 0       | CPU use is +93 %, normally about 0 %
          log(disk_read)             | Disk reads  | bytes/s | 18.4     | 9.2     | Disk reads is 93.4 MB/s, normally about 9.7 KB/s
          memory                     | Memory      | bytes   | 512      | 0       | Memory is 512 bytes, normally about 0 bytes
          speed(lat, lon)            | the speed   | km/h    | 12345.6  | 0       | the speed is 12,346 km/h, normally about 0 km/h
          novel(ship_to, 90d)        | it goes far |         | 1        | 0       | it goes far
          deviation(amount, 90d)     | the amount  | EUR     | 40       | 0       | the amount is 40 EUR above the usual
          """)
  void takesNamesAndUnitsOfTheFile(
      String feature, String name, String unit, double value, double normal, String text) {
    Wording wording = Features.parse(List.of(feature)).wording(0, name, unit == null ? "" : unit);

    assertThat(wording.text(value, normal)).isEqualTo(text);
    assertThat(wording.name()).isEqualTo(name);
  }

  @Test
  void whatIsLessRareThanUsualExplainsNothing() {
    assertThat(wording("surprise(hour(at), 90d)").explains(1.73, 3.73)).isFalse();
    assertThat(wording("surprise(hour(at), 90d)").explains(7, 3.73)).isTrue();
    assertThat(wording("novel(shop, 90d)").explains(0, 0.2)).isFalse();
    assertThat(wording("novel(shop, 90d)").explains(1, Double.NaN)).isTrue();
    assertThat(wording("amount").explains(1, 3)).isTrue();
  }
}
