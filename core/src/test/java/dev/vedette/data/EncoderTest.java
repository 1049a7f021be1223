package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.data.Encoder.Categories;
import dev.vedette.data.Encoder.Scaling;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private static final double NAN = Double.NaN;
  private static final Encoder RAW = new Encoder().scaling(Scaling.NONE);

  private static Table numbers(double... values) {
    return Table.of(List.of(Column.Numeric.numbers("x", values)));
  }

  /** Names from a text of one letter per row; '.' is missing. */
  private static Table names(String letters) {
    List<String> levels =
        letters
            .chars()
            .filter(c -> c != '.')
            .distinct()
            .sorted()
            .mapToObj(Character::toString)
            .toList();
    int[] codes = letters.chars().map(c -> levels.indexOf(Character.toString(c))).toArray();
    return Table.of(List.of(new Column.Categorical("c", levels, codes)));
  }

  private static Table times(String... moments) {
    long[] millis =
        Stream.of(moments)
            .mapToLong(m -> m.isEmpty() ? Column.Time.MISSING : Instant.parse(m).toEpochMilli())
            .toArray();
    return Table.of(List.of(new Column.Time("at", millis)));
  }

  private static double[] unitAndCenter(Encoder encoder, double... values) {
    Encoding encoding = encoder.fit(numbers(values), false);
    return new double[] {encoding.unit()[0], encoding.center()[0]};
  }

  private static double distance(Matrix matrix, int i, int j, int from, int to) {
    double sum = 0;
    for (int at = from; at < to; at++) {
      sum += Math.pow(matrix.get(i, at) - matrix.get(j, at), 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void centralScaleIsHalfTheDistanceOfTwoQuantiles() {
    // 0 to 100, mixed: the quantiles 0.1587 and 0.8413 are 15.87 and 84.13.
    double[] mixed = IntStream.range(0, 101).mapToDouble(i -> i * 37 % 101).toArray();
    double[] scale = unitAndCenter(new Encoder(), mixed);
    assertThat(scale[0]).isCloseTo(34.13, within(1e-12));
    assertThat(scale[1]).isEqualTo(50);
    Encoding encoding = new Encoder().fit(numbers(mixed), false);
    assertThat(encoding.encode(numbers(50, 84.13, -1000)).column(0))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0, 1, -1050 / 34.13);
  }

  @Test
  void centralScaleIsTheStandardDeviationWhereMostValuesAreEqual() {
    // Nine 0.1 and one 10.1: variance 10²·0.1·0.9 = 9. The run of 0.1 has no spread, not even of a
    // last digit.
    double[] values = new double[100];
    Arrays.fill(values, 0.1);
    Arrays.fill(values, 0, 10, 10.1);
    double[] scale = unitAndCenter(new Encoder(), values);
    assertThat(scale[0]).isCloseTo(3, within(1e-12));
    assertThat(scale[1]).isEqualTo(0.1);
    for (int n = 10; n < 300; n++) {
      double[] run = new double[n];
      Arrays.fill(run, 0.1 + n * 1e-3);
      run[n / 2] = 7;
      double mean = Arrays.stream(run).average().orElseThrow();
      double variance =
          Arrays.stream(run).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(unitAndCenter(new Encoder(), run)[0])
          .as("%s rows", n)
          .isCloseTo(Math.sqrt(variance), within(1e-12));
    }
  }

  @Test
  void centralScaleIsAtLeastATenthOfTheDeviationOfTheBulk() {
    // Four fifths of the values are 0 or 0.01, a tenth is −100 and a tenth 100.
    double[] values =
        IntStream.range(0, 1000)
            .mapToDouble(i -> i < 100 ? -100 : i < 200 ? 100 : (i % 2) * 0.01)
            .toArray();
    // Without 10 on either side 90 · 2 of 980 values have the square 10,000.
    double deviation = Math.sqrt(180 * 10_000.0 / 980);
    assertThat(unitAndCenter(new Encoder(), values)[0]).isCloseTo(0.1 * deviation, within(1e-3));
  }

  @Test
  void oneHugeValueDoesNotHideTheOthers() {
    double[] values = IntStream.range(0, 100).mapToDouble(i -> i % 2).toArray();
    values[7] = 1e9;
    assertThat(unitAndCenter(new Encoder(), values)[0]).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void otherScales() {
    double[] scale = unitAndCenter(new Encoder().scaling(Scaling.STANDARD), 3, 1, 5, 2, 4);
    assertThat(scale[0]).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(scale[1]).isEqualTo(3);
    assertThat(unitAndCenter(RAW, 3, 1, 5, 2, 4)).containsExactly(1, 0);
  }

  @Test
  void aMissingNumberIsAColumnOfItsOwn() {
    Table table = numbers(1, NAN, 3, 5);
    Encoding encoding = RAW.fit(table, false);
    assertThat(encoding.names()).containsExactly("x", "x missing");
    assertThat(encoding.encode(table).column(0)).containsExactly(1, 0, 3, 5); // the centre
    assertThat(encoding.encode(table).column(1)).containsExactly(0, 1, 0, 0);
    assertThat(RAW.fit(table, true).encode(table).column(0)).containsExactly(1, NAN, 3, 5);
    // The indicator is scaled like any column: 0 0 0 1 has the quantiles 0 and 0.5239.
    assertThat(new Encoder().fit(table, false).encode(table).column(1))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0, 2 / 0.5239, 0, 0);
  }

  @Test
  void aHoleWhereTrainingHadNoneStandsFarOut() {
    Table training = numbers(3, 1, 5, 2, 4);
    for (boolean keepMissing : new boolean[] {false, true}) {
      Encoding encoding = new Encoder().fit(training, keepMissing);
      assertThat(encoding.names()).containsExactly("x");
      assertThat(encoding.encode(numbers(NAN)).row(0)).containsExactly(Math.sqrt(10)); // √(2n)
    }
    Table times = times("1970-01-05T00:00:00Z", "1970-01-05T01:00:00Z");
    assertThat(new Encoder().fit(times, false).encode(times("")).row(0)).containsExactly(2, 2);
  }

  @Test
  void aConstantThatIsSometimesMissingIsKept() {
    Encoding encoding = RAW.fit(numbers(4, 4, NAN, 4), false);
    assertThat(encoding.encode(numbers(4, NAN)).column(1)).containsExactly(0, 1);
    assertThat(encoding.dropped()).isEmpty();
  }

  @Test
  void flagsStayZeroAndOne() {
    Table table = Table.of(List.of(Column.Numeric.flags("f", new double[] {1, 0, NAN, 0})));
    Encoding encoding = RAW.fit(table, false);
    assertThat(encoding.names()).containsExactly("f", "f missing");
    assertThat(encoding.encode(table).column(0)).containsExactly(1, 0, 0, 0);
    assertThat(encoding.text(0, new double[] {0.4, 0})).isEqualTo("0");
    assertThat(encoding.schema().fields()).containsExactly(new Schema.Field("f", Kind.FLAG));
  }

  @Test
  void everyNameIsAnAxisOfItsOwn() {
    Table table = names("aaabbaab.a"); // a 6, b 3, missing 1
    for (Encoder encoder : List.of(RAW, new Encoder())) { // the axes have their scale
      Encoding encoding = encoder.fit(table, false);
      assertThat(encoding.names()).containsExactly("c=a", "c=b", "c=", "c other");
      Matrix matrix = encoding.encode(table);
      assertThat(matrix.row(0)).containsExactly(1 / Math.sqrt(0.6), 0, 0, 0);
      assertThat(matrix.row(3)).containsExactly(0, 1 / Math.sqrt(0.3), 0, 0);
      assertThat(matrix.row(8)).containsExactly(0, 0, 1 / Math.sqrt(0.1), 0);
      // A name that was never seen counts as half a row; another dictionary makes no difference.
      assertThat(encoding.encode(names("zb")).row(0)).containsExactly(0, 0, 0, 1 / Math.sqrt(0.05));
      assertThat(encoding.encode(names("zb")).row(1)).containsExactly(matrix.row(3));
      assertThat(encoding.text(0, new double[4])).isEqualTo("a");
    }
  }

  @Test
  void aNameCanBeItsRarity() {
    Table table = names("aaabbaab.a");
    Encoding encoding = RAW.categories(Categories.RARITY).fit(table, false);
    assertThat(encoding.names()).containsExactly("c rarity");
    assertThat(encoding.encode(names("ab.z")).column(0))
        .containsExactly(-Math.log(0.6), -Math.log(0.3), -Math.log(0.1), -Math.log(0.05));
  }

  @Test
  void aNameThatWasNeverMissingIsRareWhenItIs() {
    Encoding encoding = RAW.fit(names("aabb"), false);
    assertThat(encoding.encode(names("a.")).row(1)).containsExactly(0, 0, 1 / Math.sqrt(0.5 / 4));
  }

  @Test
  void theMostFrequentNamesHaveAxes() {
    int[] codes = IntStream.range(0, 400).map(i -> i < 3 ? 0 : i < 7 ? 1 : 2 + i % 2).toArray();
    Table table =
        Table.of(List.of(new Column.Categorical("c", List.of("few", "some", "p", "q"), codes)));
    assertThat(RAW.fit(table, false).names())
        .containsExactly("c=q", "c=p", "c=some", "c=few", "c other");
    // 80 names, two rows each: ties go by name, and those after the 64th share the last axis.
    int[] many = IntStream.range(0, 160).map(i -> i % 80).toArray();
    List<String> levels = IntStream.range(0, 80).mapToObj(i -> i < 10 ? "0" + i : "" + i).toList();
    Table eighty = Table.of(List.of(new Column.Categorical("c", levels, many)));
    Encoding wide = RAW.fit(eighty, false);
    assertThat(wide.names()).hasSize(65).contains("c=00", "c=63").doesNotContain("c=64");
    assertThat(wide.encode(eighty).get(63, 63)).isEqualTo(1 / Math.sqrt(2.0 / 160));
    assertThat(wide.encode(eighty).get(64, 64)).isEqualTo(1 / Math.sqrt(2.0 / 160));
    assertThat(wide.encode(eighty).get(79, 64)).isEqualTo(1 / Math.sqrt(2.0 / 160));
  }

  @Test
  void timesAreOnTheCirclesOfDayAndWeek() {
    // 5 January 1970 was a Monday.
    Table table =
        times(
            "1970-01-05T00:00:00Z",
            "1970-01-05T06:00:00Z",
            "1970-01-11T23:59:00Z",
            "1970-01-12T00:01:00Z",
            "1970-01-08T12:00:00Z");
    Encoding encoding = RAW.fit(table, false);
    assertThat(encoding.names()).containsExactly("at day x", "at day y", "at week x", "at week y");
    Matrix matrix = encoding.encode(table);
    assertThat(matrix.row(0)).containsExactly(1, 0, 1, 0);
    assertThat(matrix.get(1, 0)).isCloseTo(0, within(1e-15));
    assertThat(matrix.get(1, 1)).isEqualTo(1);
    // Two minutes around midnight from Sunday to Monday: 2 sin(π · 2/1440) of the day and a seventh
    // of that of the week.
    assertThat(distance(matrix, 2, 3, 0, 2)).isCloseTo(2 * Math.sin(Math.PI / 720), within(1e-12));
    assertThat(distance(matrix, 2, 3, 2, 4))
        .isCloseTo(2 * Math.sin(Math.PI / 720 / 7), within(1e-12));
    assertThat(distance(matrix, 0, 4, 0, 2)).isCloseTo(2, within(1e-15));
    assertThat(distance(matrix, 0, 4, 2, 4))
        .isCloseTo(2, within(1e-15)); // Thursday noon is half a week on
  }

  @Test
  void timesBefore1970AreOnTheSameCircles() {
    Table table = times("1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z", "1970-01-06T01:00:00Z");
    Matrix matrix = RAW.fit(table, false).encode(table);
    assertThat(matrix.row(0)).containsExactly(matrix.row(1));
  }

  @Test
  void aMissingTimeIsTheCentreOrStaysMissing() {
    Table table = times("1970-01-05T00:00:00Z", "", "1970-01-06T01:00:00Z");
    assertThat(RAW.fit(table, false).encode(table).row(1)).containsExactly(0, 0, 0, 0, 1);
    assertThat(RAW.fit(table, true).encode(table).row(1)).containsExactly(NAN, NAN, NAN, NAN, 1);
  }

  @Test
  void theTextOfATimeIsTheTime() {
    String[] moments =
        IntStream.range(0, 7 * 24 * 12)
            .mapToObj(i -> Instant.parse("1970-01-05T00:00:00Z").plusSeconds(300L * i).toString())
            .toArray(String[]::new);
    Table table = times(moments);
    Encoding encoding = new Encoder().fit(table, false);
    Matrix matrix = encoding.encode(table);
    List<String> days = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    for (int i = 0; i < moments.length; i++) {
      int minutes = i * 5 % 1440;
      String expected = "%s %02d:%02d".formatted(days.get(i / 288), minutes / 60, minutes % 60);
      assertThat(encoding.text(0, matrix.row(i))).isEqualTo(expected);
    }
  }

  @Test
  void columnsThatSayNothingAreDroppedAndNamed() {
    int n = 24;
    double[] four = new double[n];
    Arrays.fill(four, 4);
    double[] nothing = new double[n];
    Arrays.fill(nothing, NAN);
    double[] useful = IntStream.range(0, n).mapToDouble(i -> i * i % 7).toArray();
    double[] counting = IntStream.range(0, n).mapToDouble(i -> 100 + 5 * i).toArray();
    List<String> levels = IntStream.range(0, n).mapToObj(i -> "name" + i).toList();
    long[] weekly = IntStream.range(0, n).mapToLong(i -> i * 604_800_000L).toArray();
    Table table =
        Table.of(
            List.of(
                Column.Numeric.numbers("four", four),
                Column.Numeric.numbers("nothing", nothing),
                Column.Numeric.numbers("useful", useful),
                Column.Numeric.numbers("counting", counting),
                new Column.Categorical("who", levels, IntStream.range(0, n).toArray()),
                new Column.Time("weekly", weekly)));
    Encoding encoding = new Encoder().fit(table, false);
    assertThat(encoding.names()).containsExactly("useful");
    assertThat(encoding.inputs()).isEqualTo(1);
    assertThat(encoding.dropped())
        .extracting(Encoding.Dropped::toString)
        .containsExactly(
            "column 'four' is constant",
            "column 'nothing' is constant",
            "column 'counting' looks like an identifier",
            "column 'who' looks like an identifier",
            "column 'weekly' is constant");
    // What was dropped need not be there.
    Table less = Table.of(List.of(Column.Numeric.numbers("useful", useful)));
    assertThat(encoding.encode(less).column(0)).containsExactly(encoding.encode(table).column(0));
    assertThatThrownBy(() -> new Encoder().fit(numbers(4, 4, 4), false))
        .isInstanceOf(DataException.class)
        .hasMessage("no column is left to learn from: column 'x' is constant");
    assertThatThrownBy(() -> new Encoder().fit(numbers(), false))
        .isInstanceOf(DataException.class)
        .hasMessage("0 rows given, there is nothing to learn from");
  }

  @Test
  void anotherKindOrAMissingColumnIsNamed() {
    Encoding encoding = new Encoder().fit(numbers(3, 1, 5), false);
    Table named = Table.of(List.of(new Column.Categorical("x", List.of("a"), new int[] {0})));
    assertThatThrownBy(() -> encoding.encode(named))
        .isInstanceOf(DataException.class)
        .hasMessage("column 'x' is a category here, the model was fitted on a number");
    assertThatThrownBy(() -> encoding.encode(names("ab")))
        .isInstanceOf(DataException.class)
        .hasMessage("column 'x' is missing; the model was fitted on [x]");
    assertThatThrownBy(
            () ->
                new Encoder()
                    .fit(names("ab"), false)
                    .encode(Table.of(List.of(Column.Numeric.numbers("c", new double[1])))))
        .hasMessage("column 'c' is a number here, the model was fitted on a category");
    assertThatThrownBy(
            () ->
                RAW.fit(times("1970-01-05T00:00:00Z", "1970-01-06T01:00:00Z"), false)
                    .encode(Table.of(List.of(Column.Numeric.flags("at", new double[1])))))
        .hasMessage("column 'at' is a flag here, the model was fitted on a time");
  }

  @Test
  void aRowIsEncodedAloneAsInItsTable() {
    int n = 40;
    Table table =
        Table.of(
            List.of(
                Column.Numeric.numbers(
                    "x",
                    IntStream.range(0, n)
                        .mapToDouble(i -> i % 9 == 4 ? NAN : i * i % 31)
                        .toArray()),
                new Column.Categorical(
                    "c",
                    List.of("p", "q", "r"),
                    IntStream.range(0, n).map(i -> i % 5 - 1 > 2 ? 0 : i % 5 - 1).toArray()),
                new Column.Time(
                    "at", IntStream.range(0, n).mapToLong(i -> i * 7_777_777L).toArray())));
    for (boolean keepMissing : new boolean[] {false, true}) {
      Encoding encoding = new Encoder().fit(table, keepMissing);
      Matrix matrix = encoding.encode(table);
      for (int i = 0; i < n; i++) {
        assertThat(encoding.encode(table.select(new int[] {i})).row(0))
            .containsExactly(matrix.row(i));
      }
    }
  }

  @Test
  void hugeValuesStayFinite() {
    double max = Double.MAX_VALUE;
    for (Scaling scaling : Scaling.values()) {
      Table table = numbers(max, -max, 1, 0, max / 2, -1e300);
      Encoding encoding = new Encoder().scaling(scaling).fit(table, false);
      assertThat(encoding.unit()[0]).isFinite().isPositive();
      assertThat(Arrays.stream(encoding.encode(table).column(0))).allMatch(Double::isFinite);
      Encoding small = new Encoder().scaling(scaling).fit(numbers(1e-9, 3e-9, 2e-9), false);
      assertThat(small.encode(numbers(max, -max)).column(0)).hasSize(2);
    }
  }

  @Test
  void contributionsAreSummedPerTableColumn() {
    Table table =
        Table.of(
            List.of(
                Column.Numeric.numbers("x", new double[] {1, NAN, 3, 5}),
                names("aabc").columns().getFirst()));
    Encoding encoding = RAW.fit(table, false);
    assertThat(encoding.names()).containsExactly("x", "x missing", "c=a", "c=b", "c=c", "c other");
    assertThat(encoding.perInput(new double[] {1, 2, 10, 20, 40, 80})).containsExactly(3, 150);
    assertThat(encoding.input(1)).isEqualTo("c");
    assertThat(encoding.text(0, new double[] {7.25, 0, 0, 0, 0, 0})).isEqualTo("7.25");
  }
}
