package dev.vedette.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.connect.store.Store.Logged;
import dev.vedette.connect.store.Store.Snapshot;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.Step;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LiveTest {
  private final MemoryStore store = new MemoryStore();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path folder;
  private final List<Live> started = new ArrayList<>();

  private static Limits limits(int queue, long snapshotEvents) {
    return new Limits(
        queue,
        1_000,
        snapshotEvents,
        Duration.ofHours(1),
        Duration.ofMinutes(1),
        4,
        Duration.ofMillis(1),
        100L << 20,
        Duration.ofDays(30));
  }

  private Live live(MemoryStore store, Limits limits) {
    ExecutorService background = Executors.newFixedThreadPool(2);
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    Live live =
        Live.start(new Site(store, folder, limits, clock, meters, new Tally.Maker(), background));
    started.add(live);
    return live;
  }

  private LivePipeline shop() {
    return live(store, limits(10_000, 1_000_000)).create("shop 10", "ann");
  }

  @AfterEach
  void close() {
    store.open();
    started.forEach(Live::close);
  }

  private static Event event(int i) {
    return new Event("e" + i, "k" + i % 5, i, Map.of("amount", (double) i));
  }

  private static List<Event> events(int from, int to) {
    List<Event> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      events.add(event(i));
    }
    return events;
  }

  private static Label label(long number) {
    return new Label(number, true, "", "ann", 0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** Submits one event and waits until it is about to be committed, with the store shut. */
  private CompletableFuture<List<EventDecision>> hold(LivePipeline pipeline, int i)
      throws InterruptedException {
    store.shut();
    store.begun.drainPermits();
    var held = pipeline.submit(List.of(event(i)));
    store.begun.acquire();
    return held;
  }

  @Test
  void manySubmissionsShareATransactionAndNothingIsAcknowledgedBefore() throws Exception {
    LivePipeline shop = shop();
    var first = hold(shop, 0);
    List<CompletableFuture<List<EventDecision>>> answers = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      answers.add(shop.submit(List.of(event(i))));
    }
    assertThat(shop.queued()).isEqualTo(51);
    assertThat(first).isNotDone();
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    store.open();
    for (int i = 1; i <= 50; i++) {
      EventDecision decision = answers.get(i - 1).join().getFirst();
      assertThat(decision.number()).isEqualTo(i + 1);
      assertThat(decision.event()).isEqualTo(event(i));
    }
    assertThat(store.commits).containsExactly(1, 50);
  }

  @Test
  void aFullQueueAcceptsNothing() throws Exception {
    LivePipeline shop = live(store, limits(10, 1_000_000)).create("shop 10", "ann");
    var held = hold(shop, 0);
    var queued = shop.submit(events(1, 9));
    assertThatThrownBy(() -> shop.submit(events(9, 12)))
        .isInstanceOfSatisfying(
            QueueFullException.class, e -> assertThat(e.retryAfter()).isPositive())
        .hasMessageContaining("8 of 10 events wait, 3 more");
    var last = shop.submit(events(12, 14));
    assertThatThrownBy(() -> shop.label(label(1))).isInstanceOf(QueueFullException.class);
    assertThatThrownBy(() -> shop.submit(events(0, 11)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 10");
    store.open();
    CompletableFuture.allOf(held, queued, last).join();
    assertThat(store.decisions("shop")).hasSize(11);
    assertThat(store.decisions("shop").getLast().event()).isEqualTo(event(13));
  }

  @Test
  void aStoreThatFailsForAWhileDelaysTheAnswer() {
    LivePipeline shop = shop();
    store.failures = 3;
    assertThat(shop.submit(events(0, 3)).join()).hasSize(3);
    assertThat(store.failures).isZero();
    assertThat(shop.trouble()).isEmpty();
    store.answerLost = true;
    assertThat(shop.submit(events(3, 5)).join()).hasSize(2);
    assertThat(store.commits).containsExactly(3, 2);
    store.answerLost = true;
    shop.label(label(1)).join();
    assertThat(store.labels("shop", 10)).hasSize(1);
  }

  @Test
  void aStoreThatKeepsFailingFailsTheBatchAndNothingElseIsLost() throws Exception {
    LivePipeline shop = shop();
    shop.submit(events(0, 100)).join();
    store.failures = 4;
    var failed = shop.submit(events(100, 110));
    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(UnavailableException.class)
        .hasMessageContaining("the disk is full");
    assertThat(store.decisions("shop")).hasSize(100);
    await(() -> shop.trouble().isEmpty());
    shop.submit(events(105, 300)).join();
    assertThat(scores(store)).isEqualTo(scores(alone(concat(events(0, 100), events(105, 300)))));
  }

  @Test
  void aFaultInTheMachineFailsTheBatchOnly() {
    LivePipeline shop = shop();
    shop.submit(events(0, 10)).join();
    Event poison = new Event("p", "k1", 0, Map.of("poison", true));
    assertThatThrownBy(() -> shop.submit(concat(events(10, 12), List.of(poison))).join())
        .hasCauseInstanceOf(UnavailableException.class);
    shop.submit(events(10, 20)).join();
    assertThat(scores(store)).isEqualTo(scores(alone(events(0, 20))));
  }

  @Test
  void afterACrashEveryAcknowledgedEventHasOneDecisionAndTheRestGoesOnAlike() throws Exception {
    Live live = live(store, limits(10_000, 70));
    LivePipeline shop = live.create("shop 10", "ann");
    List<MemoryStore> crashes = new ArrayList<>();
    List<Integer> acknowledged = new ArrayList<>();
    for (int i = 0; i < 400; i += 10) {
      shop.submit(i == 200 ? List.of(stalling(200)) : events(i, i + 10)).join();
      if (i % 30 == 0) {
        shop.label(label(i / 2 + 1)).join();
      }
      if (i == 150) {
        await(() -> store.snapshot("shop").isPresent()); // written beside the events
      }
      crashes.add(store.copy());
      acknowledged.add(store.decisions("shop").size());
    }
    for (int c = 0; c < crashes.size(); c++) {
      MemoryStore after = crashes.get(c);
      LivePipeline again = live(after, limits(10_000, 70)).find("shop").orElseThrow();
      assertThat(after.decisions("shop")).hasSize(acknowledged.get(c));
      assertThat(after.snapshot("shop").isPresent() || c < 15).isTrue();
      int alerts = after.alerts(anyAlert()).size();
      for (int i = (c + 1) * 10; i < 400; i += 10) {
        again.submit(i == 200 ? List.of(stalling(200)) : events(i, i + 10)).join();
        if (i % 30 == 0) {
          again.label(label(i / 2 + 1)).join();
        }
      }
      assertThat(scores(after)).isEqualTo(scores(store));
      assertThat(after.alerts(anyAlert())).hasSizeGreaterThanOrEqualTo(alerts);
      assertThat(after.alerts(anyAlert())).isEqualTo(store.alerts(anyAlert()));
    }
  }

  private static dev.vedette.connect.store.Store.AlertQuery anyAlert() {
    return new dev.vedette.connect.store.Store.AlertQuery(null, null, null, null, null, null, 1000);
  }

  private static Event stalling(int i) {
    return new Event("e" + i, "k", i, Map.of("stall", true));
  }

  @Test
  void duplicatesAreNumberedAndOnlyTheFirstIsJudged() {
    LivePipeline shop = shop();
    List<EventDecision> decisions = shop.submit(concat(events(0, 3), events(1, 4))).join();
    assertThat(decisions).extracting(EventDecision::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(store.decisions("shop"))
        .filteredOn(decision -> decision.handling() == Handling.JUDGED)
        .extracting(decision -> decision.event().id())
        .containsExactly("e0", "e1", "e2", "e3");
  }

  @Test
  void aLabelIsAppliedInItsPlace() throws Exception {
    LivePipeline shop = shop();
    var held = hold(shop, 0);
    var before = shop.submit(events(1, 3));
    var label = shop.label(label(3));
    var unknown = shop.label(label(4));
    var after = shop.submit(events(3, 5));
    assertThat(label).isNotDone();
    store.open();
    CompletableFuture.allOf(held, before, label, after).join();
    assertThat(store.controls("shop", 0))
        .containsExactly(
            new Logged(3, label(3).scored(before.join().getLast().decision().score())));
    assertThatThrownBy(unknown::join)
        .hasCauseInstanceOf(DataException.class)
        .hasMessageContaining("no event 4");
    assertThatThrownBy(() -> shop.label(label(0)).join()).hasCauseInstanceOf(DataException.class);
    shop.label(label(1)).join();
    assertThat(store.labels("shop", 10)).hasSize(2);
  }

  @Test
  void aSnapshotIsNotTakenBetweenAnEventAndItsLabel() throws Exception {
    LivePipeline shop = live(store, limits(10_000, 5)).create("shop 10", "ann");
    var held = hold(shop, 0);
    var queued = shop.submit(events(1, 7));
    var label = shop.label(label(2));
    store.open();
    CompletableFuture.allOf(held, queued, label).join();
    shop.submit(events(7, 8)).join();
    await(() -> store.snapshot("shop").map(Snapshot::number).equals(Optional.of(8L)));
  }

  @Test
  void pausedPipelinesTakeNoEventsEvenAfterARestart() {
    LivePipeline shop = shop();
    shop.submit(events(0, 1)).join();
    shop.pause("bob");
    assertThat(shop.paused()).isTrue();
    assertThatThrownBy(() -> shop.submit(events(1, 2))).isInstanceOf(PausedException.class);
    shop.label(label(1)).join();
    LivePipeline again = live(store.copy(), limits(10, 1_000_000)).find("shop").orElseThrow();
    assertThatThrownBy(() -> again.submit(events(1, 2))).isInstanceOf(PausedException.class);
    again.resume("bob");
    assertThat(again.submit(events(1, 2)).join().getFirst().number()).isEqualTo(2);
    assertThat(store.audits(10))
        .extracting(Audit::action, Audit::who)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("pipeline.create", "ann"),
            org.assertj.core.groups.Tuple.tuple("pipeline.pause", "bob"));
  }

  @Test
  void deletingALoadedPipelineAnswersEveryone() throws Exception {
    Live live = live(store, limits(10_000, 10));
    LivePipeline shop = live.create("shop 10", "ann");
    List<CompletableFuture<?>> answers = new CopyOnWriteArrayList<>();
    Thread load =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int i = 0; ; i++) {
                      answers.add(shop.submit(events(i, i + 3)));
                    }
                  } catch (UnavailableException e) {
                    return;
                  } catch (QueueFullException e) {
                    throw new AssertionError(e);
                  }
                });
    await(() -> answers.size() > 20);
    live.delete("shop", "ann");
    load.join();
    for (CompletableFuture<?> answer : answers) {
      assertThat(answer.handle((value, failure) -> true).get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(live.pipelines()).isEmpty();
    assertThat(store.pipelines()).isEmpty();
    assertThat(store.knows("shop")).isFalse();
    assertThat(meters.getMeters()).isEmpty();
    assertThatThrownBy(() -> live.delete("shop", "ann"))
        .isInstanceOf(IllegalArgumentException.class);
    live.create("shop 10", "ann").submit(events(0, 1)).join();
    assertThat(store.decisions("shop")).hasSize(1);
  }

  @Test
  void closingFinishesWhatWasAcceptedAndKeepsASnapshot() throws Exception {
    Live live = live(store, limits(10_000, 1_000_000));
    LivePipeline shop = live.create("shop 10", "ann");
    var held = hold(shop, 0);
    var queued = shop.submit(events(1, 500));
    Thread closing = Thread.ofPlatform().start(live::close);
    List<CompletableFuture<?>> late = new ArrayList<>();
    await(
        () -> {
          try {
            late.add(shop.submit(events(500 + late.size(), 501 + late.size())));
            return false;
          } catch (UnavailableException e) {
            return true;
          }
        });
    store.open();
    closing.join();
    assertThat(held.join()).hasSize(1);
    assertThat(queued.join()).hasSize(499);
    assertThat(late).allMatch(CompletableFuture::isDone);
    long all = 500L + late.size();
    assertThat(store.snapshot("shop").map(Snapshot::number)).contains(all);
    LivePipeline again = live(store, limits(10, 1_000_000)).find("shop").orElseThrow();
    assertThat(again.status().events()).isEqualTo(all);
  }

  @Test
  void listenersHearEveryBatchInOrderAndABadOneIsRemoved() throws Exception {
    LivePipeline shop = shop();
    List<Long> heard = new CopyOnWriteArrayList<>();
    List<Integer> bad = new CopyOnWriteArrayList<>();
    Consumer<List<Step>> failing =
        steps -> {
          bad.add(steps.size());
          throw new IllegalStateException("meant");
        };
    try (AutoCloseable first = shop.listen(failing);
        AutoCloseable second =
            shop.listen(steps -> steps.forEach(step -> heard.add(step.decision().number())))) {
      shop.submit(events(0, 2)).join();
      shop.submit(events(2, 4)).join();
      await(() -> heard.size() == 4);
      assertThat(first).isNotNull();
      assertThat(second).isNotNull();
    }
    assertThat(heard).containsExactly(1L, 2L, 3L, 4L);
    assertThat(bad).containsExactly(2);
    shop.submit(events(4, 5)).join();
    shop.submit(events(5, 6)).join();
    assertThat(heard).hasSize(4);
  }

  @Test
  void aPipelineIsRefusedWithoutMemoryForItOrWithATakenName() {
    Live live = live(store, limits(10, 10));
    live.create("shop 70", "ann");
    assertThatThrownBy(() -> live.create("shop 1", "ann"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'shop' already");
    assertThatThrownBy(() -> live.create("host 31", "ann"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pipeline 'host' needs 31 MB, 30 MB of 100 MB are left; give Java more, such as"
                + " VEDETTE_JAVA_OPTS=-Xmx4g, or lower memory in"
                + " the pipeline file");
    live.create("host 30", "ann");
    assertThat(live.pipelines()).extracting(LivePipeline::name).containsExactly("host", "shop");
  }

  @Test
  void whatHappensIsMeasured() throws Exception {
    LivePipeline shop = shop();
    shop.submit(concat(events(0, 200), List.of(event(1), stalling(201)))).join();
    await(
        () ->
            meters.counter("vedette.events", "pipeline", "shop", "handling", "duplicate").count()
                == 1);
    assertThat(meters.get("vedette.events").tag("handling", "judged").counter().count())
        .isEqualTo(201);
    await(
        () -> meters.get("vedette.detector.errors").tag("detector", "slow").counter().count() == 1);
    double flagged = meters.get("vedette.decisions").tag("flagged", "true").counter().count();
    assertThat(flagged).isEqualTo(store.alerts(anyAlert()).size()).isPositive();
    assertThat(meters.get("vedette.alerts").tag("severity", "high").counter().count())
        .isEqualTo(flagged);
    assertThat(meters.get("vedette.decision.latency").timer().count()).isEqualTo(1);
    assertThat(meters.get("vedette.queue.depth").gauge().value()).isZero();
    assertThat(meters.get("vedette.memory.bytes").tag("detector", "slow").gauge().value())
        .isEqualTo(64);
  }

  @Test
  void whatWasNotKeptIsInNoSnapshotEither() throws Exception {
    Live live = live(store, limits(10_000, 1_000_000));
    LivePipeline shop = live.create("shop 10", "ann");
    shop.submit(ofOneKey(0, 100)).join();
    store.unreadable = true;
    store.failures = 4;
    var failed = shop.submit(ofOneKey(100, 110));
    assertThatThrownBy(failed::join).hasCauseInstanceOf(UnavailableException.class);
    await(() -> shop.trouble().filter(what -> what.contains("cannot be recovered")).isPresent());
    live.close();
    store.unreadable = false;
    LivePipeline again = live(store, limits(10_000, 1_000_000)).find("shop").orElseThrow();
    List<EventDecision> sentAgain = again.submit(ofOneKey(100, 110)).join();
    assertThat(sentAgain).extracting(EventDecision::handling).containsOnly(Handling.JUDGED);
    assertThat(scores(store)).isEqualTo(scores(alone(ofOneKey(0, 110))));
  }

  /** So that all of them fit into the memory. */
  private static List<Event> ofOneKey(int from, int to) {
    return events(from, to).stream()
        .map(event -> new Event(event.id(), "k", event.at(), event.fields()))
        .toList();
  }

  @Test
  void aListenerThatBreaksHoldsUpNobody() throws Exception {
    LivePipeline shop = shop();
    Consumer<List<Step>> broken =
        steps -> {
          throw new StackOverflowError("meant");
        };
    try (AutoCloseable listening = shop.listen(broken)) {
      shop.submit(events(0, 1)).join();
      assertThat(shop.submit(events(1, 2)).get(10, TimeUnit.SECONDS)).hasSize(1);
      assertThat(listening).isNotNull();
    }
  }

  @Test
  void aPipelineThatCannotBeKeptLeavesNothingBehind() {
    Live live = live(store, limits(10_000, 10));
    store.rowsRefused = true;
    assertThatThrownBy(() -> live.create("shop 10", "ann")).hasMessageContaining("disk is full");
    assertThat(live.pipelines()).isEmpty();
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void aPipelineThatIsKeptRunsEvenWhereTheAuditCannotBeWritten() {
    Live live = live(store, limits(10_000, 10));
    store.auditsRefused = true;
    assertThatThrownBy(() -> live.create("shop 10", "ann")).hasMessageContaining("disk is full");
    assertThat(live.pipelines()).extracting(LivePipeline::name).containsExactly("shop");
    assertThat(store.pipelines()).hasSize(1);
    store.auditsRefused = false;
    live.delete("shop", "ann");
    assertThat(store.pipelines()).isEmpty();
  }

  private static List<Event> concat(List<Event> first, List<Event> second) {
    List<Event> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<Double> scores(MemoryStore store) {
    return store.decisions("shop").stream().map(decision -> decision.decision().score()).toList();
  }

  /** A store after a machine went through {@code events} without trouble. */
  private MemoryStore alone(List<Event> events) {
    MemoryStore undisturbed = new MemoryStore();
    live(undisturbed, limits(10_000, 1_000_000)).create("shop 10", "ann").submit(events).join();
    return undisturbed;
  }
}
