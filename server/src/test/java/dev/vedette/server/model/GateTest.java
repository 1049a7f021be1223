package dev.vedette.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Some at a time, some who wait, and no more. */
@Timeout(30)
final class GateTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);

  private int stay() {
    entered.countDown();
    try {
      leave.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  @Test
  void whoFindsNoRoomToWaitIsSentAway() throws Exception {
    var gate = new Gate(1, 0, Duration.ofSeconds(20));
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> gate.pass(this::stay));
    entered.await();
    assertThatThrownBy(() -> gate.pass(() -> 2))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("try again");
    leave.countDown();
    assertThat(first.get()).isEqualTo(1);
    assertThat(gate.pass(() -> 3)).isEqualTo(3);
  }

  @Test
  void whoWaitsTooLongIsSentAwayAndOthersComeIn() throws Exception {
    var hasty = new Gate(1, 1, Duration.ofMillis(20));
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> hasty.pass(this::stay));
    entered.await();
    assertThatThrownBy(() -> hasty.pass(() -> 2)).isInstanceOf(RefusedException.class);
    leave.countDown();
    assertThat(first.get()).isEqualTo(1);
    assertThat(hasty.pass(() -> 3)).isEqualTo(3);
  }

  @Test
  void workersDoTheWorkAndTheirTroubleIsTold() {
    try (var workers =
        Executors.newFixedThreadPool(1, Thread.ofPlatform().name("worker").factory())) {
      var gate = new Gate(1, 0, Duration.ofSeconds(1), workers);
      assertThat(gate.pass(() -> Thread.currentThread().getName())).isEqualTo("worker");
      var trouble = new IllegalStateException("trouble");
      assertThatThrownBy(
              () ->
                  gate.pass(
                      () -> {
                        throw trouble;
                      }))
          .isSameAs(trouble);
      var fault = new StackOverflowError();
      assertThatThrownBy(
              () ->
                  gate.pass(
                      () -> {
                        throw fault;
                      }))
          .isSameAs(fault);
      assertThat(gate.pass(() -> 1)).isEqualTo(1);
    }
  }
}
