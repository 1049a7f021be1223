package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTableTest {
  @TempDir Path folder;

  private Table table(String header, int rows, IntFunction<String> row) throws Exception {
    return table(
        header
            + "\n"
            + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n"))
            + "\n");
  }

  private Table table(String text) throws Exception {
    Path file = folder.resolve("table.csv");
    Files.writeString(file, text);
    return Csv.read(file);
  }

  private static String hour(int i) {
    return Instant.parse("2026-03-01T00:00:00Z").plusSeconds(3600L * i).toString();
  }

  @Test
  void regularTimesAndNumbersAreASeries() throws Exception {
    Table plain = table("at,load", 50, i -> hour(i) + "," + i % 7 * 1.5);
    assertThat(SeriesColumns.recognise(plain))
        .contains(new SeriesColumns("at", List.of("load"), null));
    Table gaps = table("at,load", 50, i -> hour(i + i / 20 * 9) + "," + i % 7 * 1.5);
    assertThat(SeriesColumns.recognise(gaps)).isPresent();
    Table counted = table("timestamp,load", 50, i -> 1_700_000_000L + 60L * i + "," + i % 7 * 1.5);
    assertThat(SeriesColumns.recognise(counted))
        .contains(new SeriesColumns("timestamp", List.of("load"), null));
    Table flagged = table("at,load,odd", 50, i -> hour(i) + "," + i % 7 * 1.5 + "," + i / 49);
    assertThat(SeriesColumns.recognise(flagged).orElseThrow().values()).containsExactly("load");
  }

  @Test
  void aKeyTellsSeriesApart() throws Exception {
    Table keyed =
        table(
            "at,host,cpu,mem", 60, i -> hour(i / 3) + ",h" + i % 3 + "," + i * .5 + "," + 3.5 * i);
    SeriesColumns columns = SeriesColumns.recognise(keyed).orElseThrow();
    assertThat(columns).isEqualTo(new SeriesColumns("at", List.of("cpu", "mem"), "host"));
    List<SeriesTable.Part> parts = SeriesTable.read(keyed, columns);
    assertThat(parts).extracting(SeriesTable.Part::key).containsExactly("h0", "h1", "h2");
    assertThat(parts.get(1).series().values(0)[1]).isEqualTo(2);
    assertThat(parts.get(1).series().names()).containsExactly("cpu", "mem");
  }

  @Test
  void eventsAreNoSeries() throws Exception {
    Table irregular = table("at,amount", 60, i -> hour(i * i % 97) + "," + i * .5);
    assertThat(SeriesColumns.recognise(irregular)).isEmpty();
    Table names =
        table("at,amount,a,b", 60, i -> hour(i) + "," + i * .5 + ",x" + i % 3 + ",y" + i % 2);
    assertThat(SeriesColumns.recognise(names)).isEmpty();
    Table two = table("start,end,v", 60, i -> hour(i) + "," + hour(i + 1) + "," + i * .5);
    assertThat(SeriesColumns.recognise(two)).isEmpty();
    var payments = new StringWriter();
    new Sample().rows(300).write(payments);
    assertThat(SeriesColumns.recognise(table(payments.toString()))).isEmpty();
  }

  @Test
  void theKeyIsFoundWhereNoneIsNamed() throws Exception {
    Table keyed = table("at,host,cpu", 60, i -> hour(i / 3) + ",h" + i % 3 + "," + i * .5);
    var columns = new SeriesColumns("at", List.of("cpu"), "host");
    assertThat(SeriesColumns.of(keyed, null, List.of(), null)).isEqualTo(columns);
    assertThat(SeriesColumns.of(keyed, "at", List.of("cpu"), null)).isEqualTo(columns);
    assertThat(columns.otherNames(keyed)).isEmpty();
    Table once = table("at,host,cpu", 30, i -> hour(0) + ",h" + i + "," + i * .5);
    assertThat(SeriesColumns.of(once, null, List.of(), null)).isEqualTo(columns);
    Table numbered = table("at,host,cpu", 30, i -> hour(i) + ",h" + i + "," + i * .5);
    SeriesColumns whole = SeriesColumns.of(numbered, null, List.of(), null);
    assertThat(whole.key()).isNull();
    assertThat(whole.otherNames(numbered)).containsExactly("host");
    IntFunction<String> names = i -> ",x" + i % 3 + ",y" + i % 2 + "," + i * .5;
    Table repeated = table("at,a,b,v", 60, i -> hour(i / 3) + names.apply(i));
    assertRefused(repeated, null, List.of(), "rows have the same time, and several columns may");
    assertThat(SeriesColumns.of(repeated, null, List.of(), "a").key()).isEqualTo("a");
    Table apart = table("at,a,b,v", 60, i -> hour(i) + names.apply(i));
    assertThat(SeriesColumns.of(apart, null, List.of(), null).key()).isNull();
  }

  @Test
  void aStateOfPointsIsNoKeyAndStaggeredNamesAre() throws Exception {
    IntFunction<String> load = i -> "," + i * .5;
    Table state =
        table("at,state,v", 60, i -> hour(i) + (i * i % 17 == 4 ? ",warn" : ",ok") + load.apply(i));
    var whole = new SeriesColumns("at", List.of("v"), null);
    assertThat(SeriesColumns.recognise(state)).contains(whole);
    assertThat(SeriesColumns.of(state, null, List.of("v"), null)).isEqualTo(whole);
    assertThat(SeriesColumns.of(state, null, List.of("v"), "state").key()).isEqualTo("state");
    Table staggered = table("at,host,v", 60, i -> hour(i) + ",h" + i % 3 + load.apply(i));
    assertThat(SeriesColumns.recognise(staggered).orElseThrow().key()).isEqualTo("host");
  }

  @Test
  void aNamedColumnOfTimesSettlesWhichItIs() throws Exception {
    Table two = table("start,end,v", 60, i -> hour(i) + "," + hour(i + 1) + "," + i * .5);
    assertThat(SeriesColumns.recognise(two, "end"))
        .contains(new SeriesColumns("end", List.of("v"), null));
    assertThat(SeriesColumns.recognise(two, null)).isEmpty();
    Table events = table("start,end,v", 60, i -> hour(i * i % 97) + "," + hour(i) + "," + i * .5);
    assertThat(SeriesColumns.recognise(events, "start")).isEmpty();
    assertRefused(two, "start", List.of("start"), "column 'start' cannot be both the time and a");
  }

  @Test
  void rowsAreSortedAndMerged() throws Exception {
    Table table =
        table(
            """
            at,v,label
            2026-03-01T02:00,3,0
            2026-03-01T00:00,1,0
            2026-03-01T01:00,2,0
            2026-03-01T01:00,4,1
            ,9,0
            2026-03-01T03:00,,0
            """);
    Path file = folder.resolve("table.csv");
    Table labelled = Csv.read(file, "label");
    var columns = SeriesColumns.of(labelled, null, List.of(), null);
    SeriesTable.Part part = SeriesTable.read(labelled, columns).getFirst();
    assertThat(part.series().values(0)).containsExactly(1, 3, 3, Double.NaN);
    assertThat(part.series().labels().orElseThrow()).containsExactly(false, true, false, false);
    assertThat(part.remarks())
        .containsExactly(
            "1 rows without a time were left out",
            "the rows were not in the order of time and were sorted",
            "1 rows have the time of another and were merged into their mean");
    assertThat(filled(part.series()).values(0)).containsExactly(1, 3, 3, 3);
    assertThat(table.rows()).isEqualTo(6);
  }

  private static Series filled(Series series) {
    return new Preparation().apply(series, series.step(), false).series();
  }

  @Test
  void missingValuesLieOnTheLineBetweenTheirNeighboursInTime() {
    double[] values = {Double.NaN, 2, Double.NaN, Double.NaN, 10, Double.NaN};
    Series series = Series.of(new long[] {0, 10, 20, 40, 50, 60}, values);
    assertThat(filled(series).values(0)).containsExactly(2, 2, 4, 8, 10, 10);
    assertThatThrownBy(() -> filled(Series.of(new long[] {1}, new double[] {Double.NaN})))
        .isInstanceOf(DataException.class)
        .hasMessage("all 1 values of 'value' are missing");
  }

  @Test
  void whatCannotBeReadIsSaidByPlaceAndRemedy() throws Exception {
    Table table = table("a,b,name,us\n1.5,2,x,3/1/2026 14:00\n2.5,3,y,3/2/2026 14:00\n");
    assertRefused(table, null, List.of(), "there is no column of times among a, b, name, us; name");
    assertRefused(table, "us", List.of(), "column 'us' holds '3/1/2026 14:00', which is no time;");
    assertRefused(table, "a", List.of("name"), "column 'name' holds 'x', not numbers;");
    assertRefused(table, "c", List.of(), "there is no column 'c'; the columns are a, b, name, us");
    Table two = table("start,end,v\n2026-03-01,2026-03-02,1\n2026-03-02,2026-03-03,2\n");
    assertRefused(
        two, null, List.of("v"), "there are several columns of times, start, end; choose");
  }

  private static void assertRefused(
      Table table,
      @org.jspecify.annotations.Nullable String time,
      List<String> values,
      String why) {
    assertThatThrownBy(() -> SeriesColumns.of(table, time, values, null))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(why);
  }

  @Test
  void momentsAndSpansReadWell() {
    long noon = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
    assertThat(Moments.text(noon)).isEqualTo("2026-03-01 12:00");
    assertThat(Moments.text(noon + 1500)).isEqualTo("2026-03-01 12:00:01.500");
    assertThat(Moments.span(5_400_000)).isEqualTo("1 h 30 min");
    assertThat(Moments.span(600_000)).isEqualTo("10 min");
    assertThat(Moments.every(3_600_000)).isEqualTo("hour");
    assertThat(Moments.every(604_800_000)).isEqualTo("week");
  }

  @Test
  void theSampleIsReproducibleAndHasFourAnomaliesAFortnight() throws Exception {
    assertThat(new LoadSample().text()).isEqualTo(new LoadSample().text());
    Table sample = table(new LoadSample().text());
    assertThat(sample.rows()).isEqualTo(4032);
    var label = (Column.Numeric) sample.column("label").orElseThrow();
    int starts = 0;
    for (int i = 1; i < label.rows(); i++) {
      starts += label.value(i) > label.value(i - 1) ? 1 : 0;
    }
    assertThat(starts).isEqualTo(8);
  }
}
