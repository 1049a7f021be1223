package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.data.Column;
import dev.vedette.data.Imputation;
import dev.vedette.data.Preparation;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.SeriesPreparation.Aggregate;
import dev.vedette.data.SeriesTable;
import dev.vedette.data.Step;
import dev.vedette.data.Table;
import dev.vedette.series.MovingMedian;
import dev.vedette.threshold.Rule;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was learned from series comes back from its file as it was. */
class SeriesDecidersTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Preparation HOURLY =
      new Preparation()
          .zone(BERLIN)
          .every(new Step.Fixed(3_600_000), Aggregate.MEDIAN)
          .imputation(new Imputation.Previous());

  @TempDir Path folder;

  /** Two weeks of two variables of two hosts by the hour, from this day on. */
  private static Table table(int day) {
    var random = new SplittableRandom(day);
    int rows = 2 * 14 * 24;
    long[] at = new long[rows];
    double[] cpu = new double[rows];
    double[] memory = new double[rows];
    int[] host = new int[rows];
    for (int i = 0; i < rows; i++) {
      int hour = i / 2;
      host[i] = i % 2;
      at[i] = (day * 24L + hour) * 3_600_000L;
      cpu[i] = 40 + 10 * host[i] + 9 * Math.sin(hour * Math.PI / 12) + random.nextGaussian();
      memory[i] = 0.5 * cpu[i] + random.nextGaussian();
    }
    return Table.of(
        List.of(
            new Column.Time("at", at),
            new Column.Categorical("host", List.of("a", "b"), host),
            Column.Numeric.numbers("cpu", cpu),
            Column.Numeric.numbers("memory", memory)));
  }

  private static SeriesDeciders fit(SeriesDetector detector) {
    Table table = table(20_000);
    var columns = new SeriesColumns("at", List.of("cpu", "memory"), "host");
    List<SeriesDeciders.Fitted> fitted = new ArrayList<>();
    for (SeriesTable.Part part : SeriesTable.read(table, columns)) {
      if (detector.univariate()) {
        fitted.add(fit(detector, part.key(), "cpu", part.series().only(0)));
        fitted.add(fit(detector, part.key(), "memory", part.series().only(1)));
      } else {
        fitted.add(fit(detector, part.key(), null, part.series()));
      }
    }
    return new SeriesDeciders(table.schema(), columns, HOURLY, fitted);
  }

  private static SeriesDeciders.Fitted fit(
      SeriesDetector detector,
      String key,
      @org.jspecify.annotations.Nullable String variable,
      Series all) {
    Series series = HOURLY.apply(all, all.step(), false).series();
    SeriesModel model = detector.fit(series);
    var decider =
        SeriesDecider.within(model, series, model.readTraining(series), new Rule.StandOut());
    return new SeriesDeciders.Fitted(
        key, variable, all.time(0), all.time(all.points() - 1), all.step(), decider);
  }

  private Path saved(SeriesDetector detector) {
    Path file = folder.resolve("series.vedette");
    Models.save(fit(detector), table(20_000), InstantSource.fixed(NOON), file);
    return file;
  }

  static List<String> detectors() {
    return Detectors.standard().seriesEntries().stream().map(Detectors.SeriesEntry::name).toList();
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void everyDetectorComesBackBitForBit(String name) {
    SeriesDetector detector = Detectors.standard().parseSeries(name);
    SeriesDeciders before = fit(detector);
    Path file = folder.resolve("series.vedette");
    Models.save(before, table(20_000), InstantSource.fixed(NOON), file);
    SeriesDeciders after = Models.loadSeriesDeciders(file);
    assertThat(after.columns()).isEqualTo(before.columns());
    assertThat(after.preparation()).isEqualTo(HOURLY);
    assertThat(after.schema()).isEqualTo(before.schema());
    List<SeriesTable.Part> later = SeriesTable.read(table(20_014), after.columns());
    for (int i = 0; i < before.fitted().size(); i++) {
      SeriesDeciders.Fitted one = before.fitted().get(i);
      SeriesDeciders.Fitted other = after.fitted().get(i);
      assertThat(other.name()).isEqualTo(one.name());
      assertThat(other.decider().threshold()).isEqualTo(one.decider().threshold());
      assertThat(other.decider().calibration()).isEqualTo(one.decider().calibration());
      Series series = one.of(later.get(one.key().equals("a") ? 0 : 1).series());
      assertThat(other.within(series)).isZero();
      Reading read = one.decider().model().read(series);
      Reading again = other.decider().model().read(series);
      assertThat(again.score()).containsExactly(read.score());
      assertThat(Arrays.deepEquals(again.expected(), read.expected())).isTrue();
      assertThat(Arrays.deepEquals(again.spread(), read.spread())).isTrue();
    }
  }

  @Test
  void aFileSaysWhereItComesFrom() {
    Path file = saved(new MovingMedian());
    Provenance provenance = Models.provenance(file);
    assertThat(provenance.rows()).isEqualTo(672);
    assertThat(provenance.fitted()).isEqualTo(NOON);
    assertThat(provenance.fingerprint()).matches("[0-9a-f]{16}");
    assertThat(Models.holdsSeries(file)).isTrue();
    assertThat(Models.holdsSeries(folder)).isFalse();
    assertThat(Models.holdsSeries(folder.resolve("absent"))).isFalse();
  }

  @Test
  void seriesAreKnownByKeyAndVariable() {
    SeriesDeciders deciders = Models.loadSeriesDeciders(saved(new MovingMedian()));
    assertThat(deciders.of("b"))
        .extracting(SeriesDeciders.Fitted::name)
        .containsExactly("b, cpu", "b, memory");
    assertThat(deciders.of("c")).isEmpty();
    assertThatThrownBy(
            () ->
                new SeriesDeciders(
                    deciders.schema(),
                    deciders.columns(),
                    deciders.preparation(),
                    List.of(deciders.fitted().getFirst(), deciders.fitted().getFirst())))
        .hasMessage("series 'a, cpu' is there twice");
  }

  @Test
  void rowsAndSeriesAreToldApart() {
    Path series = saved(new MovingMedian());
    assertThatThrownBy(() -> Models.loadDecider(series))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("series.vedette cannot be used: it holds models of series over time")
        .hasMessageContaining("'vedette score'");
    Path rows = folder.resolve("rows.vedette");
    Models.save(new dev.vedette.row.ZScore().fit(ModelFileTest.matrix()), rows);
    assertThatThrownBy(() -> Models.loadSeriesDeciders(rows))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("it holds a model of rows, not models of series");
    assertThatThrownBy(() -> Models.loadSeriesDeciders(folder.resolve("absent")))
        .hasMessageContaining("there is no file");
    assertThatThrownBy(() -> Models.loadSeriesDeciders(folder))
        .isInstanceOf(ModelFileException.class);
  }

  @Test
  void everyCutIsNoticed() throws Exception {
    byte[] whole = Files.readAllBytes(saved(new MovingMedian()));
    Path cut = folder.resolve("cut.vedette");
    for (int length = 0; length < whole.length; length += length < 100 ? 1 : 997) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Models.loadSeriesDeciders(cut))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("cut.vedette");
    }
    Files.write(cut, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> Models.loadSeriesDeciders(cut))
        .hasMessageContaining("more bytes follow");
  }

  @Test
  void everyFlippedBitIsNoticed() throws Exception {
    byte[] whole = Files.readAllBytes(saved(new MovingMedian()));
    Path file = folder.resolve("damaged.vedette");
    for (int bit = 0; bit < 8 * whole.length; bit += bit < 500 ? 3 : 8191) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, damaged);
      assertThatThrownBy(() -> Models.loadSeriesDeciders(file))
          .isInstanceOf(ModelFileException.class);
    }
  }

  /** A forger gets the checksum right, so what is behind it must stand on its own. */
  @ParameterizedTest
  @ValueSource(strings = {"auto-series", "ets", "pca-monitor", "windows"})
  void forgedFilesLoadOrAreRefused(String detector) throws Exception {
    byte[] whole = Files.readAllBytes(saved(Detectors.standard().parseSeries(detector)));
    var random = new SplittableRandom(11);
    int refused = 0;
    Path file = folder.resolve("forged.vedette");
    for (int attempt = 0; attempt < 200; attempt++) {
      byte[] forged = whole.clone();
      for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
        int at = StateStream.HEADER + random.nextInt(Math.min(3000, whole.length - 60));
        if (attempt % 4 == 0) {
          ByteBuffer.wrap(forged).putInt(at, Integer.MAX_VALUE);
        } else {
          forged[at] = (byte) random.nextInt(256);
        }
      }
      ModelFileTest.sign(forged);
      Files.write(file, forged);
      try {
        Models.loadSeriesDeciders(file);
      } catch (ModelFileException e) {
        refused++;
        assertThat(e.getMessage()).contains("forged");
      }
    }
    assertThat(refused).isPositive();
  }
}
