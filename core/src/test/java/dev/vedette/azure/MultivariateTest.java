package dev.vedette.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vedette.data.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultivariateTest {
  private static final List<String> NAMES = List.of("pump", "flow", "heat", "room");
  private static final Multivariate DETECTOR = new Multivariate(60);
  private static final MultivariateModel MODEL = DETECTOR.fit(series(values(3000, 1)));

  /** A pump drives the flow, both the heat; the room is by itself. */
  private static double[][] values(int points, long seed) {
    var random = new SplittableRandom(seed);
    double[][] values = new double[4][points];
    double pump = 0;
    double room = 0;
    for (int i = 0; i < points; i++) {
      pump = 0.9 * pump + random.nextGaussian();
      room = 0.9 * room + random.nextGaussian();
      values[0][i] = pump + 0.2 * random.nextGaussian();
      values[1][i] = 10 + 2 * pump + 0.4 * random.nextGaussian();
      values[2][i] = 50 - pump + 0.2 * random.nextGaussian();
      values[3][i] = room;
    }
    return values;
  }

  private static Series series(double[][] values) {
    long[] times = LongStream.range(0, values[0].length).map(i -> 60_000 * i).toArray();
    return Series.of(NAMES, times, values);
  }

  private static MultivariateData data(double[][] values, int first) {
    return new MultivariateData(series(values), first, List.of());
  }

  @Test
  void usualPointsAreNoAnomalies() {
    List<MultivariateVerdict> verdicts = MODEL.detect(data(values(1060, 2), 60), 10);
    assertThat(verdicts).hasSize(1000);
    assertThat(verdicts.stream().filter(MultivariateVerdict::anomaly).count()).isLessThan(10);
    for (MultivariateVerdict verdict : verdicts) {
      assertThat(verdict.score()).isBetween(0.0, 2.0);
      assertThat(verdict.anomaly()).isEqualTo(verdict.score() > 1);
      assertThat(verdict.severity()).isEqualTo(verdict.anomaly() ? verdict.score() - 1 : 0);
      assertThat(verdict.interpretation().isEmpty()).isNotEqualTo(verdict.anomaly());
    }
  }

  @Test
  void aBrokenRelationIsAnAnomalyExplainedByItsVariable() {
    double[][] values = values(400, 2);
    values[1][300] -= 8;
    MultivariateVerdict verdict = MODEL.detect(data(values, 300), 3).getFirst();
    assertThat(verdict.anomaly()).isTrue();
    assertThat(verdict.severity()).isBetween(0.3, 1.0);
    assertThat(verdict.interpretation()).hasSize(3);
    assertThat(verdict.interpretation().getFirst().variable()).isEqualTo("flow");
    double sum = 0;
    double before = 1;
    for (MultivariateVerdict.Contributor contributor : verdict.interpretation()) {
      assertThat(contributor.contributionScore()).isBetween(0.0, before);
      before = contributor.contributionScore();
      sum += before;
    }
    assertThat(sum).isBetween(0.9, 1.0 + 1e-12);
  }

  @Test
  void aLostCorrelationIsNamed() {
    double[][] values = values(400, 2);
    System.arraycopy(values(400, 3)[1], 0, values[1], 250, 150); // a flow of its own
    List<MultivariateVerdict> anomalies =
        MODEL.detect(data(values, 330), 1).stream().filter(MultivariateVerdict::anomaly).toList();
    assertThat(anomalies).hasSizeGreaterThan(20);
    MultivariateVerdict.Contributor first = anomalies.getLast().interpretation().getFirst();
    assertThat(first.variable()).isEqualTo("flow");
    assertThat(first.changedVariables()).containsExactlyInAnyOrder("pump", "heat");
  }

  /** A streaming request has one window and judges the last point; fewer points are refused. */
  @Test
  void oneWindowIsEnoughForItsLastPoint() {
    MultivariateVerdict last = MODEL.detect(data(values(60, 4), 59), 10).getFirst();
    assertThat(last.enoughHistory()).isTrue();
    assertThat(MODEL.detect(data(values(60, 4), 58), 10).getFirst().enoughHistory()).isFalse();
    assertThatThrownBy(() -> MODEL.detect(data(values(59, 4), 58), 10))
        .isInstanceOf(MultivariateException.class)
        .hasMessage(
            "Not enough data. The length of data is 59, but the minimum length should be larger"
                + " than sliding window, which is 60.");
  }

  @Test
  void variablesMayComeInAnyOrderButMustBeTheSame() {
    double[][] values = values(100, 5);
    double[][] turned = {values[3], values[2], values[1], values[0]};
    Series other = Series.of(NAMES.reversed(), series(values).times(), turned);
    assertThat(MODEL.detect(new MultivariateData(other, 90, List.of()), 10))
        .isEqualTo(MODEL.detect(data(values, 90), 10));
    Series less = Series.of(NAMES.subList(0, 3), series(values).times(), new double[3][100]);
    assertThatThrownBy(() -> MODEL.detect(new MultivariateData(less, 90, List.of()), 10))
        .isInstanceOfSatisfying(
            MultivariateException.class, e -> assertThat(e.code()).isEqualTo("FileNotExist"));
    Series renamed =
        Series.of(List.of("pump", "flow", "heat", "room", "x"), other.times(), new double[5][100]);
    assertThatThrownBy(() -> MODEL.detect(new MultivariateData(renamed, 90, List.of()), 10))
        .isInstanceOfSatisfying(
            MultivariateException.class, e -> assertThat(e.code()).isEqualTo("RedundantFile"));
  }

  @Test
  void savedAndLoadedItJudgesTheSame(@TempDir Path folder) {
    MODEL.save(folder.resolve("m"));
    MultivariateModel loaded = MultivariateModel.load(folder.resolve("m"));
    assertThat(loaded.detector()).isEqualTo(DETECTOR);
    assertThat(loaded.names()).isEqualTo(NAMES);
    assertThat(loaded.detect(data(values(200, 6), 60), 10))
        .isEqualTo(MODEL.detect(data(values(200, 6), 60), 10));
    assertThat(loaded.diagnostics().validationLosses())
        .containsExactly(MODEL.diagnostics().validationLosses());
  }

  @Test
  void diagnosticsShowTheEpochs() {
    InstantSource clock = Instant::now;
    MultivariateDiagnostics diagnostics =
        DETECTOR.train(series(values(500, 1)), clock).diagnostics();
    assertThat(diagnostics.epochIds()).startsWith(1, 2, 3);
    assertThat(diagnostics.trainLosses()[0]).isBetween(0.1, 1.0);
    assertThat(diagnostics.validationLosses()[3])
        .isLessThan(diagnostics.validationLosses()[0])
        .isGreaterThan(diagnostics.trainLosses()[3]);
    assertThat(diagnostics.latenciesInSeconds()[0]).isNotNegative();
  }

  @Test
  void tooFewPointsAndWrongWindowsAreRefused() {
    assertThatThrownBy(() -> DETECTOR.fit(series(values(60, 1))))
        .isInstanceOfSatisfying(
            MultivariateException.class, e -> assertThat(e.code()).isEqualTo("NotEnoughInput"));
    assertThatThrownBy(() -> new Multivariate(27))
        .isInstanceOfSatisfying(
            MultivariateException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidSlidingWindow"));
  }

  @Test
  void valuesTooLargeAreRefused() {
    double[][] huge = values(100, 1);
    huge[2][50] = 1e200;
    assertThatThrownBy(() -> DETECTOR.fit(series(huge)))
        .isInstanceOfSatisfying(
            MultivariateException.class, e -> assertThat(e.code()).isEqualTo("VariableParseError"))
        .hasMessageContaining("heat");
  }

  /** The sample of the service: noise without anomalies, and what the service asked of it. */
  @Test
  void theSampleOfTheServiceTrainsAndIsJudged() throws IOException {
    Path file = Path.of("../../shared/data/azure/service/multivariate/sample_data_5_3000.csv");
    assumeTrue(Files.exists(file), "the sample data of the service are not beside the repository");
    List<MultivariateVariable> variables = read(file);
    long split = Instant.parse("2021-01-02T12:00:00Z").toEpochMilli();
    long end = Instant.parse("2021-01-03T00:00:00Z").toEpochMilli();
    var alignment = new MultivariateAlignment();
    MultivariateData training = alignment.align(variables, Long.MIN_VALUE, split - 1, 0);
    MultivariateModel model = new Multivariate().fit(training.series());
    MultivariateData later = alignment.align(variables, split, end, 300);
    assertThat(later.states().getFirst())
        .isEqualTo(new MultivariateState("series_0", 0, 721, split, end));
    List<MultivariateVerdict> verdicts = model.detect(later, 3);
    assertThat(verdicts).hasSize(721);
    assertThat(verdicts.getFirst().enoughHistory()).isTrue();
    assertThat(verdicts.stream().mapToDouble(MultivariateVerdict::score).average().orElseThrow())
        .isCloseTo(0.67, within(0.1));
  }

  private static List<MultivariateVariable> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.getFirst().split(",", -1));
    long[] times = new long[lines.size() - 1];
    double[][] values = new double[header.size() - 1][times.length];
    for (int i = 0; i < times.length; i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      times[i] = Instant.parse(cells[0]).toEpochMilli();
      for (int v = 0; v < values.length; v++) {
        values[v][i] = Double.parseDouble(cells[v + 1]);
      }
    }
    var variables = new ArrayList<MultivariateVariable>();
    for (int v = 0; v < values.length; v++) {
      variables.add(new MultivariateVariable(header.get(v + 1), times, values[v]));
    }
    return variables;
  }

  /** Every variable of many goes its own way at once: what is told of it stays small. */
  @Test
  void whatIsToldOfAnAnomalyIsBounded() {
    var random = new SplittableRandom(5);
    double[][] together = new double[40][400];
    double[][] apart = new double[40][100];
    for (int i = 0; i < 400; i++) {
      double all = random.nextGaussian();
      for (double[] each : together) {
        each[i] = all + 0.05 * random.nextGaussian();
      }
    }
    for (double[] each : apart) {
      Arrays.setAll(each, i -> 50 * random.nextGaussian());
    }
    List<String> names = IntStream.range(0, 40).mapToObj(v -> "v" + v).toList();
    long[] times = LongStream.range(0, 400).map(i -> 60_000 * i).toArray();
    MultivariateModel model = new Multivariate(28).fit(Series.of(names, times, together));
    Series later = Series.of(names, Arrays.copyOf(times, 100), apart);
    List<MultivariateVerdict> verdicts =
        model.detect(new MultivariateData(later, 0, List.of()), 301);
    MultivariateVerdict last = verdicts.getLast();
    assertThat(last.anomaly()).isTrue();
    assertThat(last.interpretation()).hasSize(30);
    assertThat(last.interpretation().getFirst().changedVariables())
        .hasSize(10)
        .doesNotContain(last.interpretation().getFirst().variable())
        .doesNotHaveDuplicates();
  }
}
