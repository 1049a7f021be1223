package dev.vedette.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreadCrewTest {
  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void end() {
    never.countDown();
    background.shutdownNow();
  }

  private ThreadCrew crew(Duration stall) {
    return new ThreadCrew("test", stall, background);
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void everyTaskRunsOnceInEveryRound() {
    try (ThreadCrew crew = crew(Duration.ofMinutes(1))) {
      for (int round = 0; round < 2_000; round++) {
        int tasks = round % 7;
        int[] runs = new int[tasks];
        List<Runnable> work = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
          int place = task;
          work.add(() -> runs[place]++);
        }
        assertThat(crew.run(work)).hasSize(tasks).doesNotContain(false);
        for (int times : runs) {
          assertThat(times).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void stalledTasksAreNotWaitedForAgain() {
    try (ThreadCrew crew = crew(Duration.ofMillis(100))) {
      AtomicInteger ran = new AtomicInteger();
      Runnable fine = ran::incrementAndGet;
      // More of them than there are lanes, so that the last task has to wait for a new lane.
      List<Runnable> tasks =
          new ArrayList<>(
              Collections.nCopies(Runtime.getRuntime().availableProcessors(), this::hang));
      tasks.add(fine);
      boolean[] done = crew.run(tasks);
      assertThat(done[done.length - 1]).isTrue();
      for (int i = 0; i < done.length - 1; i++) {
        assertThat(done[i]).isFalse();
      }
      assertThat(crew.run(List.of(fine, fine))).containsExactly(true, true);
      assertThat(ran).hasValue(3);
    }
  }

  @Test
  void aTaskThatThrowsIsNotDone() {
    try (ThreadCrew crew = crew(Duration.ofMinutes(1))) {
      Runnable bad =
          () -> {
            throw new IllegalStateException("meant");
          };
      assertThat(crew.run(List.of(() -> {}, bad, () -> {}))).containsExactly(true, false, true);
    }
  }

  @Test
  void workInTheBackgroundGivesItsResultOrItsFailure() {
    try (ThreadCrew crew = crew(Duration.ofMinutes(1))) {
      assertThat(crew.start(() -> 42).get()).isEqualTo(42);
      var failing =
          crew.start(
              () -> {
                throw new IllegalArgumentException("meant");
              });
      assertThatThrownBy(failing::get).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
