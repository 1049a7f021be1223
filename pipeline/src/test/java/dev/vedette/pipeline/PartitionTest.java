package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.ModelFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PartitionTest {
  private static final String YAML =
      """
      name: test
      event: {key: key, time: at, id: id}
      features: [value, other, "zscore(value, 30d)", "count(1m)", category: kind]
      detectors:
        - streaming-tails
        - half-space-trees trees=10 depth=8
        - random-cut-forest trees=10 sample=64
        - iforest trees=20
        - {use: knn k=3, weight: 0.5}
      learning: {reservoir: 512, refit: 1000}
      threshold: {false-alarms: 0.001}
      """;

  private final Pipeline pipeline = Pipeline.parse(YAML);

  @Test
  void theFirstEventGetsADecisionThatSaysHowUnsureItIs() {
    Partition partition = Partition.start(pipeline, Crew.alone(), new Streams.Memory());

    EventDecision first = partition.process(Streams.steady(1, 1, 1).getFirst()).decision();

    assertThat(first.number()).isEqualTo(1);
    assertThat(first.handling()).isEqualTo(Handling.JUDGED);
    assertThat(first.decision().flagged()).isFalse();
    assertThat(first.decision().pValue()).isEqualTo(1);
    assertThat(first.pLow()).isZero();
    assertThat(first.pHigh()).isEqualTo(1);
    assertThat(first.opinions()).hasSize(5);
    assertThat(first.opinions().getFirst().leftOut()).isNull();
    assertThat(first.opinions().get(3).leftOut()).isEqualTo("not fitted yet");
  }

  @Test
  void whatIsFarOutIsFlaggedAfterAFewHundredEventsAndExplained() {
    Partition partition = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    partition.process(Streams.steady(400, 3, 2));

    Step step =
        partition.process(
            Streams.event(
                9_999,
                "k0",
                Streams.START + 400_000,
                Map.of("value", 900.0, "other", 0.1, "kind", "a")));

    assertThat(step.decision().decision().flagged()).isTrue();
    assertThat(step.decision().causes().getFirst().feature()).isIn("value", "zscore(value, 30d)");
    assertThat(step.alerts()).hasSize(1);
  }

  @Test
  void decisionsDoNotDependOnHowEventsAreBatched() {
    List<Event> events = Streams.steady(6_000, 20, 3);
    Partition whole = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    Partition single = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    Partition mixed = Partition.start(pipeline, Crew.alone(), new Streams.Memory());

    List<Step> expected = whole.process(events);
    var one = new ArrayList<Step>();
    events.forEach(event -> one.add(single.process(event)));
    var parts = new ArrayList<Step>();
    var random = new SplittableRandom(4);
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + random.nextInt(1, 1_500));
      parts.addAll(mixed.process(events.subList(from, to)));
      from = to;
    }

    assertThat(one).isEqualTo(expected);
    assertThat(parts).isEqualTo(expected);
    assertThat(expected.getLast().decision().opinions())
        .allSatisfy(opinion -> assertThat(opinion.leftOut()).isNull());
  }

  @Test
  void resumedIsNeverStopped() {
    List<Event> events = Streams.steady(6_000, 50, 5);
    List<Step> expected =
        Partition.start(pipeline, Crew.alone(), new Streams.Memory()).process(events);
    var random = new SplittableRandom(6);
    var archive = new Streams.Memory();
    Partition partition = Partition.start(pipeline, Crew.alone(), archive);
    var steps = new ArrayList<Step>();
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + random.nextInt(1, 700));
      steps.addAll(partition.process(events.subList(from, to)));
      partition = Partition.resume(pipeline, partition.snapshot(), Crew.alone(), archive);
      from = to;
    }

    assertThat(steps).isEqualTo(expected);
    assertThat(partition.number()).isEqualTo(6_000);
  }

  @Test
  void resumingTakesNoOtherPipelineAndNoDamage() {
    Partition partition = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    partition.process(Streams.steady(100, 3, 7));
    byte[] snapshot = partition.snapshot();
    Pipeline other = Pipeline.parse(YAML.replace("trees=20", "trees=21"));

    assertThatThrownBy(() -> Partition.resume(other, snapshot, Crew.alone(), new Streams.Memory()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("the snapshot is of pipeline file");
    byte[] damaged = snapshot.clone();
    damaged[damaged.length / 2] ^= 1;
    assertThatThrownBy(
            () -> Partition.resume(pipeline, damaged, Crew.alone(), new Streams.Memory()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("checksum");
    assertThatThrownBy(
            () -> Partition.resume(pipeline, new byte[3], Crew.alone(), new Streams.Memory()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void duplicatesAndLateEventsTeachNothing() {
    List<Event> events = Streams.steady(2_000, 10, 8);
    Partition plain = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    Partition disturbed = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    var expected = new ArrayList<Double>();
    plain.process(events).forEach(step -> expected.add(step.decision().decision().score()));

    var scores = new ArrayList<Double>();
    for (int i = 0; i < events.size(); i++) {
      scores.add(disturbed.process(events.get(i)).decision().decision().score());
      if (i % 100 == 99) {
        EventDecision again = disturbed.process(events.get(i - 50)).decision();
        assertThat(again.handling()).isEqualTo(Handling.DUPLICATE);
        assertThat(again.decision().flagged()).isFalse();
        Event old =
            Streams.event(
                100_000 + i,
                "k1",
                events.get(i).at() - 3_600_001,
                Map.of("value", 1e6, "other", 0.0));
        assertThat(disturbed.process(old).decision().handling()).isEqualTo(Handling.LATE);
      }
    }

    assertThat(scores).isEqualTo(expected);
    assertThat(disturbed.status().duplicates()).isEqualTo(20);
    assertThat(disturbed.status().late()).isEqualTo(20);
  }

  /** Runs all but one task, which never ends. */
  private static final class Stalling implements Crew {
    private final Crew alone = Crew.alone();
    private int blocks;

    @Override
    public boolean[] run(List<Runnable> tasks) {
      blocks++;
      if (blocks != 3) {
        return alone.run(tasks);
      }
      boolean[] done = new boolean[tasks.size()];
      for (int i = 0; i < tasks.size(); i++) {
        if (i != 1) {
          tasks.get(i).run();
          done[i] = true;
        }
      }
      return done;
    }

    @Override
    public <T> Supplier<T> start(Callable<T> work) {
      return alone.start(work);
    }
  }

  @Test
  void aDetectorThatStallsIsLeftOutNamedAndReplayed() {
    List<Event> events = Streams.steady(900, 10, 9);
    Partition live = Partition.start(pipeline, new Stalling(), new Streams.Memory());
    List<Step> steps = new ArrayList<>();
    var controls = new HashMap<Long, List<Control>>();
    for (int from = 0; from < events.size(); from += 100) {
      long before = live.number();
      steps.addAll(live.process(events.subList(from, from + 100)));
      controls.put(before, live.takeControls());
    }

    EventDecision last = steps.getLast().decision();
    assertThat(last.opinions().get(1).leftOut()).isEqualTo("did not answer in time");
    assertThat(live.status().detectors().get(1).leftOut()).isEqualTo("did not answer in time");

    Partition replay = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    List<Step> replayed = new ArrayList<>();
    for (int from = 0; from < events.size(); from += 100) {
      controls.getOrDefault(replay.number(), List.of()).forEach(replay::apply);
      replayed.addAll(replay.process(events.subList(from, from + 100)));
    }
    assertThat(replayed).isEqualTo(steps);

    Partition resumed =
        Partition.resume(pipeline, live.snapshot(), Crew.alone(), new Streams.Memory());
    List<Event> more = Streams.steady(1_200, 10, 9).subList(900, 1_200);
    assertThat(resumed.process(more)).isEqualTo(replay.process(more));
  }

  @Test
  void aFirstEventBeforeAllTimeMakesNoOtherLate() {
    Partition partition = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    partition.process(Streams.event(1_000, "k1", Long.MIN_VALUE + 1, Map.of("value", 1.0)));
    assertThat(partition.process(Streams.steady(10, 3, 2)))
        .allSatisfy(step -> assertThat(step.decision().handling()).isEqualTo(Handling.JUDGED));
  }

  @Test
  void fitsAreAsFarApartAsTheFileSays() {
    Partition partition = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    partition.process(Streams.steady(12_000, 3, 2));
    long before = partition.status().detectors().get(3).fits();
    partition.process(Streams.steady(22_000, 3, 2).subList(12_000, 22_000));
    assertThat(partition.status().detectors().get(3).fits() - before).isEqualTo(10);
  }

  @Test
  void keysBeyondTheMemoryGoToTheArchiveAndComeBackUnchanged() {
    String features =
        "features: [\"zscore(value, 30d)\", \"mean(value, 1h)\", \"surprise(kind, 30d)\"]\n";
    String head = "name: t\nevent: {key: key, time: at, id: id, remembered: 1000}\n" + features;
    String tail = "detectors: [streaming-zscore]\nlearning: {reservoir: 256}\n";
    Pipeline roomy = Pipeline.parse(head + tail + "memory: 512MB\n");
    Pipeline tight = Pipeline.parse(head + tail + "memory: 16MB\n");
    List<Event> events = Streams.steady(120_000, 40_000, 10);
    var archive = new Streams.Memory();

    Partition small = Partition.start(tight, Crew.alone(), archive);
    List<Double> scores = scores(small.process(events));

    assertThat(scores)
        .isEqualTo(
            scores(Partition.start(roomy, Crew.alone(), new Streams.Memory()).process(events)));
    assertThat(archive.puts()).isGreaterThan(1_000);
    assertThat(small.status().keys() + small.status().archivedKeys())
        .isEqualTo(events.stream().map(Event::key).distinct().count());
    assertThat(small.status().bytes()).isLessThanOrEqualTo(16L << 20);
  }

  private static List<Double> scores(List<Step> steps) {
    return steps.stream().map(step -> step.decision().decision().score()).toList();
  }
}
