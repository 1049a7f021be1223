package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vedette.connect.sink.Receiver.Answer;
import dev.vedette.pipeline.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class DeliveryTest {
  private static final Retry FAST =
      new Retry(Duration.ofMillis(1), Duration.ofMillis(20), 5, Duration.ofHours(1));

  @TempDir Path folder;
  private final MemoryOutbox outbox = new MemoryOutbox();
  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private Delivery start(Retry retry, String... texts) {
    List<Sink> sinks = Some.sinks(folder).parse(List.of(texts));
    return start(retry, sinks);
  }

  private Delivery start(Retry retry, List<Sink> sinks) {
    var settings = new Delivery.Settings(folder, retry, InstantSource.system(), 42);
    return Delivery.start(outbox, sinks, settings);
  }

  private String webhook() {
    return "webhook " + receiver.address() + " bearer=env:HOOK secret=env:HOOK";
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(2);
    }
  }

  private List<String> deadLetters() throws IOException {
    Path file = folder.resolve("dead-letters.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private List<String> keys() {
    return receiver.requests.stream().map(r -> r.headers().get("idempotency-key")).toList();
  }

  @Test
  void sendsAgainAfter503UntilSuccess() throws Exception {
    receiver.answers.add(new Answer(503, ""));
    receiver.answers.add(new Answer(429, ""));
    outbox.put(Some.alert(1), webhook());
    try (Delivery delivery = start(FAST, webhook())) {
      await(() -> outbox.size() == 0);
      await(() -> delivery.status().getFirst().delivered() == 1);
      assertThat(delivery.status())
          .containsExactly(new Delivery.SinkStatus(webhook(), 1, 2, 0, null));
    }
    assertThat(keys()).hasSize(3).containsOnly("payments:1:opened:1");
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void whatIsRefusedBecomesADeadLetter() throws Exception {
    receiver.answers.add(new Answer(400, "Bearer " + Some.SECRET + "?"));
    outbox.put(Some.alert(1), webhook());
    outbox.put(Some.alert(2), webhook());
    try (Delivery delivery = start(FAST, webhook())) {
      await(() -> outbox.size() == 0);
      await(() -> delivery.status().getFirst().delivered() == 1);
      assertThat(delivery.status().getFirst().givenUp()).isEqualTo(1);
    }
    assertThat(deadLetters()).hasSize(1);
    assertThat(deadLetters().getFirst())
        .contains(
            "answered 400", "\"id\":\"payments:1\"", "\"sink\":\"" + webhook(), "\"attempts\":1")
        .doesNotContain(Some.SECRET);
    assertThat(receiver.requests).hasSize(2);
  }

  @Test
  void givesUpAfterTheLastAttempt() throws Exception {
    for (int i = 0; i < 5; i++) {
      receiver.answers.add(new Answer(500, ""));
    }
    outbox.put(Some.alert(1), webhook());
    try (Delivery delivery = start(FAST, webhook())) {
      await(() -> outbox.size() == 0);
      assertThat(delivery.status()).hasSize(1);
    }
    assertThat(receiver.requests).hasSize(5);
    assertThat(deadLetters().getFirst()).contains("\"attempts\":5", "given up: answered 500");
  }

  @Test
  void retryAfterPausesTheSink() throws Exception {
    receiver.answers.add(new Answer(503, "", "Retry-After", "3600"));
    for (int i = 0; i < 10; i++) {
      outbox.put(Some.alert(i), webhook());
    }
    try (Delivery delivery = start(FAST, webhook())) {
      await(() -> delivery.status().getFirst().failed() == 1);
      delivery.wake();
      Thread.sleep(100);
    }
    assertThat(receiver.requests).hasSize(1);
    assertThat(outbox.size()).isEqualTo(10);
  }

  @Test
  void aSinkThatIsDownIsNotFlooded() throws Exception {
    for (int i = 0; i < 1000; i++) {
      receiver.answers.add(new Answer(500, ""));
    }
    for (int i = 0; i < 90; i++) {
      outbox.put(Some.alert(i), webhook());
    }
    var slow = new Retry(Duration.ofHours(1), Duration.ofHours(1), 5, Duration.ofHours(1));
    try (Delivery delivery = start(slow, webhook())) {
      await(() -> delivery.status().getFirst().failed() == 3);
      Thread.sleep(50);
      assertThat(delivery.status().getFirst().failed()).isEqualTo(3);
    }
    assertThat(outbox.size()).isEqualTo(90);
  }

  @Test
  void aCrashBeforeItIsMarkedRepeatsWithTheSameKey() throws Exception {
    outbox.crashes = 2;
    outbox.put(Some.alert(1), webhook());
    try (Delivery delivery = start(FAST, webhook())) {
      await(() -> outbox.size() == 0);
      assertThat(delivery.status()).hasSize(1);
    }
    assertThat(keys()).hasSize(3).containsOnly("payments:1:opened:1");
  }

  @Test
  void aSlowSinkHoldsUpNobodyAndCloseLosesNothing() throws Exception {
    receiver.gate = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      outbox.put(Some.alert(i), webhook(), "file alerts.jsonl");
    }
    long begin;
    try (Delivery delivery = start(FAST, webhook(), "file alerts.jsonl")) {
      await(() -> delivery.status().get(1).delivered() == 20);
      assertThat(delivery.status().getFirst().delivered()).isZero();
      await(() -> !receiver.requests.isEmpty());
      begin = System.nanoTime();
    }
    // Generous: the answer alone would have been waited for ten seconds.
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(9));
    assertThat(Files.readAllLines(folder.resolve("alerts.jsonl"))).hasSize(20);
    assertThat(outbox.size()).isEqualTo(20);
    assertThat(outbox.attempts(webhook())).as("a stop is no failure").isZero();
    receiver.gate.countDown();
    try (Delivery again = start(FAST, webhook())) {
      await(() -> outbox.size() == 0);
      assertThat(again.status()).hasSize(1);
    }
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void messagesOnOneAlertKeepTheirOrderAndOthersPass() throws Exception {
    var sent = new CopyOnWriteArrayList<String>();
    Sink picky =
        new Sink() {
          private int refusals = 2;

          @Override
          public String name() {
            return "picky";
          }

          @Override
          public void send(Alert alert) throws IOException {
            if (alert.first() == 1 && refusals-- > 0) {
              throw new IOException("not yet");
            }
            sent.add(alert.idempotencyKey());
          }
        };
    outbox.put(Some.alert(1), "picky");
    outbox.put(Some.alert(2), "picky");
    outbox.put(Some.alert(1, Alert.State.UPDATED, 4, 50), "picky");
    outbox.put(Some.alert(1, Alert.State.CLOSED, 4, 50), "picky");
    try (Delivery delivery = start(FAST, List.of(picky))) {
      await(() -> outbox.size() == 0);
      assertThat(delivery.status()).hasSize(1);
    }
    assertThat(sent).startsWith("payments:2:opened:1");
    assertThat(sent.subList(1, 4))
        .containsExactly("payments:1:opened:1", "payments:1:updated:4", "payments:1:closed:4");
  }

  @Test
  void manyMessagesOnOneAlertHoldUpNoOther() throws Exception {
    var sent = new CopyOnWriteArrayList<Long>();
    Sink picky =
        new Sink() {
          @Override
          public String name() {
            return "picky";
          }

          @Override
          public void send(Alert alert) throws IOException {
            if (alert.first() == 1) {
              throw new IOException("not this one");
            }
            sent.add(alert.first());
          }
        };
    for (int i = 1; i <= 1_000; i++) {
      outbox.put(Some.alert(1, Alert.State.UPDATED, i, 50), "picky");
    }
    outbox.put(Some.alert(2), "picky");
    var slow = new Retry(Duration.ofHours(1), Duration.ofHours(1), 5, Duration.ofHours(1));
    try (Delivery delivery = start(slow, List.of(picky))) {
      await(() -> !sent.isEmpty());
      assertThat(delivery.status().getFirst().delivered()).isLessThanOrEqualTo(1);
    }
    assertThat(sent).containsExactly(2L);
    assertThat(outbox.size()).isEqualTo(1_000);
  }

  @Test
  void newMessagesAreFoundWhenCalled() throws Exception {
    try (Delivery delivery = start(FAST, "file alerts.jsonl")) {
      for (int i = 0; i < 50; i++) {
        outbox.put(Some.alert(i), "file alerts.jsonl");
        delivery.wake();
        await(() -> outbox.size() == 0);
      }
    }
    assertThat(Files.readAllLines(folder.resolve("alerts.jsonl"))).hasSize(50);
  }

  @Test
  void whereNoDeadLetterCanBeWrittenNothingIsGivenUp() throws Exception {
    Files.createDirectory(folder.resolve("dead-letters.jsonl"));
    receiver.answers.add(new Answer(400, ""));
    outbox.put(Some.alert(1), webhook());
    try (Delivery delivery = start(FAST, webhook())) {
      await(() -> delivery.status().getFirst().delivered() == 1);
      assertThat(delivery.status().getFirst().givenUp()).isZero();
    }
    assertThat(receiver.requests).as("tried again, as it was not given up").hasSize(2);
  }

  @Test
  void noSecretIsLogged() throws Exception {
    var logger = (Logger) LoggerFactory.getLogger("dev.vedette.connect.sink");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    Level level = logger.getLevel();
    logger.setLevel(Level.TRACE);
    logger.addAppender(lines);
    try {
      receiver.answers.add(new Answer(500, Some.SECRET));
      receiver.answers.add(new Answer(400, Some.SECRET));
      outbox.put(Some.alert(1), webhook());
      try (Delivery delivery = start(FAST, webhook())) {
        await(() -> delivery.status().getFirst().givenUp() == 1);
      }
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(level);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(line -> line.contains("failed to reach webhook"))
        .anyMatch(line -> line.contains("is given up for webhook"))
        .noneMatch(line -> line.contains(Some.SECRET));
    assertThat(deadLetters().getFirst()).contains("***").doesNotContain(Some.SECRET);
  }

  @Test
  void theSameSinkTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(FAST, "log", "log"))
        .withMessage("the sink 'log' is given twice");
  }

  @Test
  void waitsAreJitteredAndBounded() {
    var retry = new Retry();
    var random = new SplittableRandom(1);
    long[] most = {1000, 2000, 4000, 8000};
    for (int i = 0; i < 10_000; i++) {
      for (int failures = 1; failures <= 4; failures++) {
        assertThat(retry.wait(failures, random)).isBetween(0L, most[failures - 1]);
      }
      assertThat(retry.wait(1_000_000, random)).isBetween(0L, 300_000L);
    }
    assertThat(retry.wait(50, new SplittableRandom(7)))
        .isEqualTo(retry.wait(50, new SplittableRandom(7)));
  }
}
