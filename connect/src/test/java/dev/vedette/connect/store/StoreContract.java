package dev.vedette.connect.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.Decision;
import dev.vedette.connect.store.Store.AlertQuery;
import dev.vedette.connect.store.Store.ApiKey;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.connect.store.Store.Batch;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.connect.store.Store.KeyState;
import dev.vedette.connect.store.Store.Logged;
import dev.vedette.connect.store.Store.Outgoing;
import dev.vedette.connect.store.Store.PipelineRow;
import dev.vedette.connect.store.Store.Snapshot;
import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.LeftOut;
import dev.vedette.pipeline.Opinion;
import dev.vedette.pipeline.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class StoreContract {
  private static final String CARDS = "cards";
  private static final long DAY = 86_400_000;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  /** The URL of a database that is empty at the first call of a test. */
  abstract String url();

  @BeforeEach
  void open() {
    store = Stores.open(url());
    store.save(new PipelineRow(CARDS, "name: cards", false, 17));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    store = Stores.open(url());
  }

  private static Batch batch(List<EventDecision> decisions) {
    return new Batch(decisions, List.of(), List.of(), List.of(), List.of());
  }

  private static Batch keys(KeyState... states) {
    return new Batch(List.of(), List.of(), List.of(), List.of(states), List.of());
  }

  private static EventDecision decision(long number, String key, long at, double severity) {
    boolean flagged = severity >= 60;
    return new EventDecision(
        number,
        new Event("e" + number, key, at, Map.of("amount", 12.5, "place", "Łódź")),
        Handling.JUDGED,
        new Decision(0.5, 0.25, severity, flagged),
        0.1,
        0.4,
        Double.POSITIVE_INFINITY,
        3,
        List.of(new Opinion("knn", 1.5, 0.25, 0.6, null)),
        List.of(),
        "1.0");
  }

  private static Alert alert(String id, Alert.State state, long opened, double severity) {
    return new Alert(
        id, CARDS, "k", state, opened, opened + 5, 1, 1, 1, severity, List.of(), "one line");
  }

  private static DecisionQuery all(@Nullable Long before, int limit) {
    return new DecisionQuery(CARDS, null, null, null, null, null, before, limit);
  }

  private static AlertQuery alerts(int limit) {
    return new AlertQuery(CARDS, null, null, null, null, null, limit);
  }

  private static List<Long> numbers(List<EventDecision> decisions) {
    return decisions.stream().map(EventDecision::number).toList();
  }

  private List<String> replayed(long number) {
    List<String> ids = new ArrayList<>();
    store.replay(CARDS, number, event -> ids.add(event.id()));
    return ids;
  }

  @Test
  void theGroupOfAnAlertMayBeALongText() {
    var random = new Random(5);
    var group = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      group.append((char) ('!' + random.nextInt(90)));
    }
    Alert given =
        new Alert(
            "cards:1",
            CARDS,
            group.toString(),
            Alert.State.OPENED,
            5,
            5,
            1,
            1,
            1,
            70,
            List.of(),
            "one line");
    store.commit(CARDS, new Batch(List.of(), List.of(), List.of(given), List.of(), List.of()));
    assertThat(store.alerts(new AlertQuery(CARDS, null, null, group.toString(), null, null, 10)))
        .containsExactly(given);
  }

  @Test
  void decisionsComeBackBitByBit() {
    var odd = new Odd(1);
    List<EventDecision> given = odd.decisions(1, 600);
    store.commit(CARDS, batch(given.subList(0, 300)));
    store.commit(CARDS, batch(given.subList(300, 600)));
    for (int pass = 0; pass < 2; pass++) {
      // Records compare doubles by their bits; all NaN are one, so that texts are compared too.
      assertThat(store.decisions(all(null, 1000)).reversed()).isEqualTo(given);
      for (EventDecision decision : given.subList(290, 310)) {
        Optional<EventDecision> found = store.decision(CARDS, decision.number());
        assertThat(found).contains(decision);
        assertThat(found.orElseThrow().toString().length()).isEqualTo(decision.toString().length());
      }
      List<Event> events = new ArrayList<>();
      store.replay(CARDS, 0, events::add);
      assertThat(events).isEqualTo(given.stream().map(EventDecision::event).toList());
      reopen();
    }
  }

  @Test
  void aNumberKeepsItsBits() {
    var odd = new Odd(2);
    var out = new BodyWriter();
    for (int i = 0; i < 10_000; i++) {
      double number = odd.number();
      out.number(number);
      assertThat(Double.doubleToRawLongBits(new BodyReader(out.take()).number()))
          .isEqualTo(Double.doubleToRawLongBits(number));
    }
  }

  @Test
  void everyNumberHasOneDecision() {
    store.commit(CARDS, batch(new Odd(3).decisions(1, 5)));
    EventDecision fifth = store.decision(CARDS, 5).orElseThrow();
    assertThatThrownBy(() -> store.commit(CARDS, batch(new Odd(4).decisions(5, 2))))
        .isInstanceOf(StoreException.class)
        .hasMessage("decision 5 of pipeline 'cards' is kept already, up to 5; go on from there");
    assertThat(store.decision(CARDS, 5)).contains(fifth);
    assertThat(store.decision(CARDS, 6)).isEmpty();
    var odd = new Odd(5);
    assertThatThrownBy(() -> store.commit(CARDS, batch(List.of(odd.decision(7), odd.decision(6)))))
        .hasMessageContaining("decision 6 of pipeline 'cards' comes after 7");
  }

  @Test
  void aBatchThatFailsChangesNothing() {
    var odd = new Odd(6);
    store.commit(CARDS, batch(odd.decisions(1, 3)));
    var label = new Logged(3, new Label(1, true, "", "me", 5));
    Batch failing =
        new Batch(
            odd.decisions(3, 2),
            List.of(label),
            List.of(odd.alert("a", CARDS)),
            List.of(new KeyState("k", 4, new byte[] {1})),
            List.of("log"));
    assertThatThrownBy(() -> store.commit(CARDS, failing)).isInstanceOf(StoreException.class);
    for (int pass = 0; pass < 2; pass++) {
      assertThat(numbers(store.decisions(all(null, 10)))).containsExactly(3L, 2L, 1L);
      assertThat(store.controls(CARDS, 0)).isEmpty();
      assertThat(store.alerts(alerts(10))).isEmpty();
      assertThat(store.undelivered(CARDS, "log", 10)).isEmpty();
      assertThat(store.keyState(CARDS, "k")).isNull();
      reopen();
    }
    store.commit(CARDS, batch(odd.decisions(4, 200)));
    assertThat(store.decisions(all(null, 300))).hasSize(203);
  }

  @Test
  void decisionsAreFoundNewestFirst() {
    List<EventDecision> given = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      given.add(decision(i, "k" + i % 10, i * 1000L, i));
    }
    store.commit(CARDS, batch(given));
    store.save(new PipelineRow("other", "", false, 0));
    store.commit("other", batch(given.subList(0, 50)));
    List<Long> pages = new ArrayList<>();
    Long before = null;
    List<EventDecision> page;
    do {
      page = store.decisions(all(before, 7));
      pages.addAll(numbers(page));
      before = page.isEmpty() ? null : page.getLast().number();
    } while (page.size() == 7);
    assertThat(pages).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList().reversed());
    assertThat(numbers(store.decisions(query(20_000L, 25_000L, null, null, null))))
        .containsExactly(24L, 23L, 22L, 21L, 20L);
    assertThat(numbers(store.decisions(query(null, 55_000L, "k3", null, null))))
        .containsExactly(53L, 43L, 33L, 23L, 13L, 3L);
    assertThat(numbers(store.decisions(query(null, null, null, 98.0, null))))
        .containsExactly(100L, 99L, 98L);
    assertThat(store.decisions(query(null, null, null, null, true))).hasSize(41);
    assertThat(store.decisions(query(null, null, null, null, false))).hasSize(59);
    assertThat(store.decisions(query(null, null, "k' OR 1=1", null, null))).isEmpty();
  }

  private static DecisionQuery query(
      @Nullable Long from,
      @Nullable Long to,
      @Nullable String key,
      @Nullable Double severity,
      @Nullable Boolean flagged) {
    return new DecisionQuery(CARDS, from, to, key, severity, flagged, null, 1000);
  }

  @Test
  void replayGoesOnFromANumber() {
    for (int from = 1; from < 2500; from += 500) {
      List<EventDecision> given = new ArrayList<>();
      for (int i = from; i < from + 500; i++) {
        given.add(decision(i, "k", -i, 1));
      }
      store.commit(CARDS, batch(given));
    }
    assertThat(replayed(0)).hasSize(2500).startsWith("e1", "e2").endsWith("e2499", "e2500");
    assertThat(replayed(1500)).hasSize(1000).startsWith("e1501");
    assertThat(replayed(2500)).isEmpty();
  }

  @Test
  void alertsAreKeptInTheirNewestState() {
    List<Alert> first =
        List.of(
            alert("a", Alert.State.OPENED, 10, 50),
            alert("b", Alert.State.OPENED, 20, 60),
            alert("a", Alert.State.UPDATED, 10, 70));
    store.commit(
        CARDS, new Batch(List.of(), List.of(), first, List.of(), List.of("log", "webhook x")));
    List<Alert> second = List.of(alert("b", Alert.State.CLOSED, 20, 65), new Odd(7).alert("c", ""));
    store.commit(CARDS, new Batch(List.of(), List.of(), second, List.of(), List.of("log")));
    assertThat(store.alert("a")).contains(first.get(2));
    assertThat(store.alert("b")).contains(second.get(0));
    assertThat(store.alert("c")).contains(second.get(1));
    assertThat(store.alert("d")).isEmpty();
    List<Outgoing> outgoing = store.undelivered(CARDS, "log", 10);
    List<Alert> sent = new ArrayList<>(first);
    sent.addAll(second);
    assertThat(outgoing.stream().map(Outgoing::alert)).isEqualTo(sent);
    assertThat(store.undelivered(CARDS, "webhook x", 2).stream().map(Outgoing::alert))
        .isEqualTo(first.subList(0, 2));
    store.delivered(CARDS, "log", outgoing.get(0).id());
    store.failed(CARDS, "log", outgoing.get(1).id(), "no answer\0");
    store.failed(CARDS, "log", outgoing.get(1).id(), "no answer");
    store.delivered(CARDS, "webhook x", outgoing.get(2).id());
    reopen();
    List<Outgoing> left = store.undelivered(CARDS, "log", 10);
    assertThat(left).hasSize(4);
    assertThat(left.getFirst()).isEqualTo(new Outgoing(outgoing.get(1).id(), first.get(1), 2));
    assertThat(store.undelivered(CARDS, "webhook x", 10)).hasSize(3);
  }

  @Test
  void alertsArePagedWithoutGaps() {
    List<Alert> given = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      given.add(alert("a" + (100 + i), Alert.State.CLOSED, i / 15, i));
    }
    store.commit(CARDS, new Batch(List.of(), List.of(), given, List.of(), List.of()));
    List<Alert> found = new ArrayList<>();
    Long before = null;
    String beforeId = null;
    List<Alert> page;
    do {
      page = store.alerts(new AlertQuery(CARDS, null, null, null, null, before, beforeId, 7));
      found.addAll(page);
      if (!page.isEmpty()) {
        before = page.getLast().opened();
        beforeId = page.getLast().id();
      }
    } while (page.size() == 7);
    assertThat(found).isEqualTo(given.reversed());
    assertThat(store.alerts(new AlertQuery(null, 1L, 2L, "k", 20.0, null, 100))).hasSize(10);
    assertThat(store.alerts(new AlertQuery(null, null, null, null, null, 1L, 100))).hasSize(15);
    assertThat(store.alerts(new AlertQuery("no such", null, null, null, null, null, 9))).isEmpty();
  }

  @Test
  void controlsAreLoggedInTheirPlace() {
    Control leftOut = new LeftOut(2, 7, "too slow\0");
    Control first = new Label(1, true, "żle\0", "me", 5);
    Control second = new Label(2, false, "", "you", Long.MIN_VALUE);
    store.commit(
        CARDS,
        new Batch(
            List.of(),
            List.of(new Logged(0, leftOut), new Logged(2, first)),
            List.of(),
            List.of(),
            List.of()));
    store.commit(
        CARDS,
        new Batch(List.of(), List.of(new Logged(2, second)), List.of(), List.of(), List.of()));
    assertThat(store.controls(CARDS, 0))
        .containsExactly(new Logged(0, leftOut), new Logged(2, first), new Logged(2, second));
    assertThat(store.controls(CARDS, 2)).hasSize(2);
    assertThat(store.controls(CARDS, 3)).isEmpty();
    assertThat(store.labels(CARDS, 10)).containsExactly((Label) second, (Label) first);
    assertThat(store.labels(CARDS, 1)).containsExactly((Label) second);
    Label again = new Label(1, false, "after all", "you", 6);
    store.commit(
        CARDS,
        new Batch(List.of(), List.of(new Logged(9, again)), List.of(), List.of(), List.of()));
    assertThat(store.labelsOf(CARDS, 1)).containsExactly(again, (Label) first);
    assertThat(store.labelsOf(CARDS, 3)).isEmpty();
    assertThat(store.labelsOf("no such", 1)).isEmpty();
  }

  @Test
  void statesOfKeysGoBackToASnapshot() {
    store.commit(
        CARDS,
        keys(
            new KeyState("a\0", 10, new byte[] {1}),
            new KeyState("b", 10, new byte[] {2}),
            new KeyState("b", 10, null),
            new KeyState("c", 10, new byte[0])));
    assertThat(store.keyState(CARDS, "a\0")).containsExactly(1);
    assertThat(store.keyState(CARDS, "b")).isNull();
    assertThat(store.keyState(CARDS, "c")).isEmpty();
    assertThat(store.keyState(CARDS, "d")).isNull();
    store.commit(CARDS, keys(new KeyState("a\0", 20, null), new KeyState("c", 20, new byte[] {3})));
    store.save(CARDS, new Snapshot(20, new byte[] {9}));
    store.commit(
        CARDS,
        keys(
            new KeyState("a\0", 30, new byte[] {4}),
            new KeyState("c", 30, null),
            new KeyState("d", 30, new byte[] {5})));
    assertThat(store.keyState(CARDS, "a\0")).containsExactly(4);
    assertThat(store.keyState(CARDS, "c")).isNull();
    store.rewind(CARDS, 20);
    reopen();
    assertThat(store.keyState(CARDS, "a\0")).isNull();
    assertThat(store.keyState(CARDS, "c")).containsExactly(3);
    assertThat(store.keyState(CARDS, "d")).isNull();
    store.commit(CARDS, keys(new KeyState("c", 31, null), new KeyState("c", 40, new byte[] {6})));
    store.save(CARDS, new Snapshot(35, new byte[] {9}));
    store.rewind(CARDS, 35);
    assertThat(store.keyState(CARDS, "c")).isNull();
  }

  @Test
  void aSnapshotReplacesOlderOnes() {
    assertThat(store.snapshot(CARDS)).isEmpty();
    store.save(CARDS, new Snapshot(0, new byte[0]));
    assertThat(store.snapshot(CARDS).orElseThrow().state()).isEmpty();
    byte[] large = new byte[5 * (1 << 20) + 17];
    new Random(8).nextBytes(large);
    store.save(CARDS, new Snapshot(7, large));
    reopen();
    Snapshot found = store.snapshot(CARDS).orElseThrow();
    assertThat(found.number()).isEqualTo(7);
    assertThat(found.state()).isEqualTo(large);
    store.save(CARDS, new Snapshot(8, new byte[] {1}));
    assertThat(store.snapshot(CARDS).orElseThrow().state()).containsExactly(1);
  }

  @Test
  void retentionKeepsWhatAReplayNeeds() {
    List<EventDecision> given = new ArrayList<>();
    List<Logged> controls = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      given.add(decision(i, "k", i * DAY, 1));
      controls.add(new Logged(i, new Label(i, true, "", "me", i * DAY)));
    }
    List<Alert> alerts =
        List.of(
            alert("old", Alert.State.CLOSED, 3 * DAY, 70),
            alert("new", Alert.State.CLOSED, 90 * DAY, 70));
    store.commit(CARDS, new Batch(given, controls, alerts, List.of(), List.of("log")));
    store.save(new PipelineRow("other", "", false, 0));
    store.commit("other", batch(given.subList(0, 30)));
    store.retain(CARDS, 1000 * DAY);
    assertThat(store.decisions(all(null, 200))).hasSize(100);
    store.save(CARDS, new Snapshot(60, new byte[1]));
    store.retain(CARDS, 41 * DAY);
    assertThat(numbers(store.decisions(all(null, 200))))
        .isEqualTo(LongStream.rangeClosed(41, 100).boxed().toList().reversed());
    assertThat(store.controls(CARDS, 0)).isEqualTo(controls.subList(40, 100));
    assertThat(store.alerts(alerts(10))).containsExactly(alerts.get(1));
    assertThat(store.undelivered(CARDS, "log", 10)).hasSize(2);
    store.retain(CARDS, 1000 * DAY);
    assertThat(replayed(0)).hasSize(40).startsWith("e61");
    assertThat(store.controls(CARDS, 0)).isEqualTo(controls.subList(59, 100));
    DecisionQuery others = new DecisionQuery("other", null, null, null, null, null, null, 100);
    assertThat(store.decisions(others)).hasSize(30);
    store.commit(CARDS, batch(List.of(decision(101, "k", 5, 1))));
    assertThat(replayed(60)).hasSize(41);
  }

  @Test
  void readersSeeWholeBatchesWhileOthersAreWritten() throws Exception {
    var running = new AtomicBoolean(true);
    try (var threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        readers.add(
            threads.submit(
                () -> {
                  int reads = 0;
                  while (running.get() || reads == 0) {
                    List<Long> found = numbers(store.decisions(all(null, 100)));
                    assertThat(found.size() % 10).isZero();
                    for (int i = 1; i < found.size(); i++) {
                      assertThat(found.get(i)).isEqualTo(found.get(i - 1) - 1);
                    }
                    reads++;
                  }
                  return reads;
                }));
      }
      var odd = new Odd(9);
      for (int i = 0; i < 50; i++) {
        store.commit(CARDS, batch(odd.decisions(1 + i * 10, 10)));
      }
      running.set(false);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(replayed(0)).hasSize(500);
  }

  @Test
  void pipelinesAreReplacedAndDeleted() {
    var second = new PipelineRow("é\0", "y\0", true, 3);
    store.save(second);
    store.commit("é\0", batch(new Odd(10).decisions(1, 3)));
    store.save(new PipelineRow(CARDS, "v2", true, 18));
    assertThat(store.pipelines()).containsExactly(new PipelineRow(CARDS, "v2", true, 18), second);
    store.delete("é\0");
    store.delete("no such");
    assertThat(store.decision("é\0", 1)).isEmpty();
    assertThatThrownBy(() -> store.commit("é\0", batch(List.of())))
        .hasMessage("there is no pipeline 'é\0'; create it");
    store.save(second);
    assertThat(store.decision("é\0", 1)).isEmpty();
    store.commit("é\0", batch(new Odd(11).decisions(1, 1)));
    assertThat(store.decision("é\0", 1)).isPresent();
  }

  @Test
  void auditsAndKeysAreKept() {
    var key = new ApiKey("id", "hash", "admin", "note\0", 5);
    store.save(key);
    store.save(new ApiKey("other", "h", "ingest", "", 6));
    store.save(new ApiKey("other", "h2", "ingest", "", 6));
    store.deleteKey("other");
    assertThat(store.keys()).containsExactly(key);
    var first = new Audit(9, "me", "pause", "cards", "");
    var second = new Audit(8, "you", "resume", "cards", "\0");
    store.audit(first);
    store.audit(second);
    assertThat(store.audits(10)).containsExactly(second, first);
    assertThat(store.audits(1)).containsExactly(second);
  }

  @Test
  void oneProcessHasTheStore() {
    assertThatThrownBy(() -> Stores.open(url()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is open in another Vedette; stop that one");
    store.commit(CARDS, batch(new Odd(12).decisions(1, 1)));
  }
}
