package dev.vedette.server.rest;

import dev.vedette.server.intake.Budget;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of a request: read once, in bounds, within its deadline. */
final class Body {
  private static final Logger LOG = LoggerFactory.getLogger(Body.class);
  private static final long TIME_TO_DISCARD = 1_000_000_000L;

  private final ServerRequest request;
  private final Deadlines deadlines;
  private final Budget budget;
  private CompletableFuture<?> done = CompletableFuture.completedFuture(null);
  private long held;
  private @Nullable InputStream in;
  private boolean read;

  Body(ServerRequest request, Deadlines deadlines, Budget budget) {
    this.request = request;
    this.deadlines = deadlines;
    this.budget = budget;
    this.read = !request.content().hasEntity();
    if (read) {
      deadlines.arrived();
    }
  }

  /**
   * All of it, held in the budget until {@link #release}.
   *
   * @throws Problem when it has more than {@code most} bytes
   * @throws Retry when other requests hold too many bytes
   */
  byte[] bytes(int most) {
    var bytes = new ByteArrayOutputStream();
    var counted =
        new FilterOutputStream(bytes) {
          @Override
          public void write(byte[] from, int offset, int count) {
            hold(count);
            bytes.write(from, offset, count);
          }
        };
    try {
      copyTo(counted, (int) Math.min(most, budget.most()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * As {@link #bytes}, but waits a while for others to give bytes back, where its length is known.
   */
  byte[] bytesInTurn(int most, Duration patience) {
    long length = request.headers().contentLength().orElse(-1);
    if (length < 0 || length > Math.min(most, budget.most())) {
      return bytes(most);
    }
    holdInTurn(length, patience);
    try {
      var bytes = new ByteArrayOutputStream((int) length);
      copyTo(bytes, (int) length);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Holds {@code bytes} in the budget until {@link #release}, for an answer that is large; waits a
   * while for others to give theirs back. What is more than the budget takes all of it.
   *
   * @throws Retry when there is no room in time
   */
  void holdInTurn(long bytes, Duration patience) {
    long taken = Math.min(bytes, budget.most());
    try {
      if (!budget.take(taken, patience)) {
        throw full();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full();
    }
    held += taken;
  }

  private static Retry full() {
    return new Retry(
        429, "the requests under way hold all the bytes there is room for; try again", 1);
  }

  private void hold(int bytes) {
    if (!budget.take(bytes)) {
      throw full();
    }
    held += bytes;
  }

  /** What came of the body is in use until {@code done}, even where the answer does not wait. */
  void inUseUntil(CompletableFuture<?> done) {
    this.done = done;
  }

  /** The request is answered: gives back what it held in the budget. */
  void release() {
    long bytes = held;
    held = 0;
    if (bytes > 0) {
      var unused = done.whenComplete((result, failure) -> budget.release(bytes));
    }
  }

  /**
   * Copies it to {@code out}.
   *
   * @throws Problem when it has more than {@code most} bytes
   * @throws IOException when {@code out} takes no more
   */
  void copyTo(OutputStream out, int most) throws IOException {
    check(request.headers().contentLength().orElse(0), most);
    byte[] buffer = new byte[16 * 1024];
    long total = 0;
    for (int count = next(buffer); count >= 0; count = next(buffer)) {
      total += count;
      check(total, most);
      out.write(buffer, 0, count);
    }
    read = true;
    deadlines.arrived();
  }

  private int next(byte[] buffer) {
    if (read) {
      return -1;
    }
    try {
      if (in == null) {
        in = request.content().inputStream();
      }
      return in.read(buffer);
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the body did not arrive", e);
    }
  }

  private static void check(long length, int most) {
    if (length > most) {
      throw new Problem(413, "the body has more than " + most + " bytes; send it in parts", "body");
    }
  }

  /** Whether some of it was not asked for. */
  boolean unread() {
    return !read;
  }

  /**
   * Reads for a while what nobody wanted: a connection closed over unread bytes is reset, and the
   * answer could be lost.
   */
  void discard() {
    deadlines.until(TIME_TO_DISCARD);
    byte[] buffer = new byte[16 * 1024];
    try {
      int count;
      do {
        count = next(buffer);
      } while (count >= 0);
    } catch (RuntimeException e) {
      LOG.debug("The rest of a body did not come", e);
    } finally {
      deadlines.arrived();
    }
  }
}
