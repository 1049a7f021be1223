package dev.vedette.cli;

import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.simulate.CardPayment;
import dev.vedette.pipeline.simulate.PaymentStream;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.PausedException;
import dev.vedette.server.live.QueueFullException;
import dev.vedette.server.live.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a pipeline made-up payments at a steady rate, and counts how its decisions agree with what
 * the payments really were. Payments happen at the time of their own world, in which cards have
 * habits and days pass faster than here.
 */
final class PaymentPlayer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PaymentPlayer.class);
  private static final int BATCH = 1_000;
  private static final long PAUSE = 50;

  private final LivePipeline pipeline;
  private final PaymentStream stream;
  private final Truth truth;
  private final int rate;
  private final int history;
  private final Thread thread = Thread.ofPlatform().daemon().name("payments").unstarted(this::play);
  private final CompletableFuture<Void> playedIn = new CompletableFuture<>();
  private volatile boolean closed;

  PaymentPlayer(
      LivePipeline pipeline, PaymentStream.Options options, Truth truth, int rate, int history) {
    this.pipeline = pipeline;
    this.stream = PaymentStream.of(options);
    this.truth = truth;
    this.rate = rate;
    this.history = history;
  }

  void start() {
    thread.start();
  }

  /** Done when the history was played in, and payments come at their rate. */
  CompletableFuture<Void> playedIn() {
    return playedIn;
  }

  private void play() {
    try {
      // A pipeline that was stopped goes on where it was.
      long before = pipeline.status().events();
      for (long i = 0; i < before; i++) {
        stream.next();
      }
      for (long played = before; played < history && !closed; played += BATCH) {
        submit(next((int) Math.min(BATCH, history - played)), false).join();
      }
      playedIn.complete(null);
      long start = System.nanoTime();
      long due = 0;
      while (!closed) {
        long until = (System.nanoTime() - start) / 1_000 * rate / 1_000_000;
        int count = (int) Math.min(BATCH, until - due);
        if (count > 0) {
          var unused = submit(next(count), true);
          due += count;
        } else {
          TimeUnit.MILLISECONDS.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CompletionException e) {
      if (!closed) {
        LOG.error("The payments end: {}", String.valueOf(e.getCause()));
      }
    }
  }

  private List<CardPayment> next(int count) {
    var payments = new ArrayList<CardPayment>(count);
    for (int i = 0; i < count; i++) {
      payments.add(stream.next());
    }
    return payments;
  }

  /** Submits {@code payments}, waiting while the pipeline has no room or takes nothing. */
  private CompletableFuture<Void> submit(List<CardPayment> payments, boolean judged)
      throws InterruptedException {
    List<Event> events =
        payments.stream()
            .map(payment -> pipeline.pipeline().event(payment.fields(), Long.MAX_VALUE / 2))
            .toList();
    while (!closed) {
      try {
        return pipeline.submit(events).thenAccept(made -> count(payments, made, judged));
      } catch (QueueFullException full) {
        TimeUnit.MILLISECONDS.sleep(full.retryAfter().toMillis());
      } catch (PausedException | UnavailableException later) {
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  private void count(List<CardPayment> payments, List<EventDecision> decisions, boolean judged) {
    for (int i = 0; judged && i < payments.size(); i++) {
      truth.count(decisions.get(i).decision().flagged(), payments.get(i).fraud() != null);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
