package dev.vedette.connect.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vedette.connect.store.Store.Batch;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.connect.store.Store.PipelineRow;
import dev.vedette.connect.store.Store.Snapshot;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real PostgreSQL server, and what is PostgreSQL's own. */
class PostgresTest extends StoreContract {
  private static final long WEEK = 7 * 86_400_000L;

  private static @Nullable PostgresServer server;
  private @Nullable String url;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Optional<Path> binaries = PostgresServer.binaries();
    assumeTrue(
        binaries.isPresent(), "no PostgreSQL server found; install the package 'postgresql'");
    server = PostgresServer.start(binaries.get());
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (server != null) {
      server.stop();
    }
  }

  private static PostgresServer server() {
    if (server == null) {
      throw new IllegalStateException("no server");
    }
    return server;
  }

  @Override
  String url() {
    if (url == null) {
      try {
        url = server().database();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return url;
  }

  private static List<EventDecision> weekly(long from, int count) {
    List<EventDecision> result = new ArrayList<>();
    for (EventDecision made : new Odd(20).decisions(from, count)) {
      Event event = made.event();
      result.add(
          new EventDecision(
              made.number(),
              new Event(event.id(), event.key(), made.number() * WEEK, event.fields()),
              made.handling(),
              made.decision(),
              made.pLow(),
              made.pHigh(),
              made.threshold(),
              made.disagreement(),
              made.opinions(),
              made.causes(),
              made.version()));
    }
    return result;
  }

  private static Batch batch(List<EventDecision> decisions) {
    return new Batch(decisions, List.of(), List.of(), List.of(), List.of());
  }

  private List<String> partitions(String url) throws SQLException {
    try (var connection = DriverManager.getConnection(url)) {
      return Sql.passing(connection)
          .rows(
              "SELECT relname FROM pg_class JOIN pg_inherits ON pg_class.oid = inhrelid"
                  + " WHERE inhparent = 'decisions'::regclass ORDER BY pg_class.oid",
              row -> row.getString("relname"));
    }
  }

  @Test
  void decisionsArePartitionedByWeekAndDroppedByWeek() throws SQLException {
    String other = server().database();
    try (Store store = Stores.open(other)) {
      store.save(new PipelineRow("a", "", false, 0));
      store.save(new PipelineRow("b", "", false, 0));
      store.commit("a", batch(weekly(1, 5)));
      store.commit("b", batch(weekly(1, 2)));
      assertThat(partitions(other))
          .containsExactly(
              "decisions_other",
              "decisions_w1",
              "decisions_w2",
              "decisions_w3",
              "decisions_w4",
              "decisions_w5",
              "decisions_w6");
      store.save("a", new Snapshot(5, new byte[1]));
      store.retain("a", 5 * WEEK);
      assertThat(partitions(other))
          .containsExactly(
              "decisions_other", "decisions_w1", "decisions_w2", "decisions_w5", "decisions_w6");
      assertThat(store.decisions(query("a"))).hasSize(1);
      assertThat(store.decisions(query("b"))).hasSize(2);
      store.save("b", new Snapshot(2, new byte[1]));
      store.retain("b", 5 * WEEK);
      assertThat(partitions(other))
          .containsExactly("decisions_other", "decisions_w5", "decisions_w6");
      store.commit("b", batch(weekly(3, 1)));
      assertThat(partitions(other)).contains("decisions_w3");
      assertThat(store.decisions(query("b"))).hasSize(1);
    }
  }

  private static DecisionQuery query(String pipeline) {
    return new DecisionQuery(pipeline, null, null, null, null, null, null, 1000);
  }

  @Test
  void partitionsAreBounded() throws SQLException {
    String other = server().database();
    try (Store store = Stores.open(other)) {
      store.save(new PipelineRow("a", "", false, 0));
      store.commit("a", batch(weekly(1, 400)));
      store.commit("a", batch(weekly(401, 50)));
      assertThat(partitions(other)).hasSize(151);
      assertThat(store.decisions(query("a"))).hasSize(450);
    }
    try (Store store = Stores.open(other)) {
      store.save("a", new Snapshot(450, new byte[1]));
      store.retain("a", 440 * WEEK);
      store.commit("a", batch(weekly(451, 5)));
      assertThat(store.decisions(query("a"))).hasSize(16);
    }
  }

  @Test
  void weeksWithoutAPartitionAreForgottenToo() throws SQLException {
    String other = server().database();
    try (Store store = Stores.open(other)) {
      store.save(new PipelineRow("a", "", false, 0));
      store.commit("a", batch(weekly(1, 400)));
      store.save("a", new Snapshot(400, new byte[1]));
      store.retain("a", 300 * WEEK);
      // Decisions of week 390 are among those of no week, so that it gets no partition.
      store.commit("a", batch(at(390 * WEEK, weekly(401, 1))));
      store.commit("a", batch(weekly(500, 1)));
      store.save("a", new Snapshot(500, new byte[1]));
      store.retain("a", 450 * WEEK);
      assertThat(store.decisions(query("a"))).hasSize(1);
    }
  }

  private static List<EventDecision> at(long time, List<EventDecision> decisions) {
    return decisions.stream()
        .map(
            made ->
                new EventDecision(
                    made.number(),
                    new Event(made.event().id(), made.event().key(), time, made.event().fields()),
                    made.handling(),
                    made.decision(),
                    made.pLow(),
                    made.pHigh(),
                    made.threshold(),
                    made.disagreement(),
                    made.opinions(),
                    made.causes(),
                    made.version()))
        .toList();
  }

  @Test
  void whatIsKeptSurvivesACrashOfTheServer() throws Exception {
    String other = server().database();
    List<EventDecision> given = new Odd(21).decisions(1, 50);
    try (Store store = Stores.open(other)) {
      store.save(new PipelineRow("a", "", false, 0));
      store.commit("a", batch(given));
      server().crash();
      // Until the writers look after their lock, which the crash took.
      Thread.sleep(300);
      assertThatThrownBy(() -> store.commit("a", batch(given)))
          .hasMessageContaining("decision 1 of pipeline 'a' is kept already, up to 50");
      assertThat(store.decisions(query("a")).reversed()).isEqualTo(given);
      store.commit("a", batch(new Odd(22).decisions(51, 5)));
      assertThatThrownBy(() -> Stores.open(other)).hasMessageContaining("another Vedette");
    }
  }

  @Test
  void whatIsNoStoreIsRefused() throws SQLException {
    String right = url();
    String name = right.substring(0, right.indexOf('?'));
    assertThatThrownBy(() -> Stores.open(right + "x"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(name + " refuses the user or password; check both in the URL")
        .hasMessageNotContaining(PostgresServer.PASSWORD);
    assertThatThrownBy(() -> Stores.open(server().url("nosuch")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("/nosuch does not exist; create the database");
    assertThatThrownBy(() -> Stores.open("jdbc:postgresql://127.0.0.1:1/a?user=b&password=secret"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("jdbc:postgresql://127.0.0.1:1/a cannot be reached; check host")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Stores.open("jdbc:postgresql://b:secret@127.0.0.1:1/a"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("?user=...&password=...")
        .hasMessageNotContaining("secret");
  }
}
