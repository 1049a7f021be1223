package dev.vedette.bench.load;

import dev.vedette.server.grpc.v1.VedetteGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One gRPC stream on a fixed schedule, as {@link OpenLoop}. When flow control says wait, messages
 * wait here, and their latency counts on. Messages are bytes on both sides, so that the generator
 * pays neither for making nor for reading objects.
 */
final class StreamLoad implements ClientResponseObserver<byte[], byte[]> {
  private static final long TICK_NANOS = 500_000;

  private final Histogram latency = new Histogram(120_000_000L, 3);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long intervalNanos;
  private volatile @Nullable ClientCallStreamObserver<byte[]> requests;
  private volatile @Nullable Throwable failure;
  private volatile long answered;
  private volatile long start;

  StreamLoad(double perSecond) {
    intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
    latency.setAutoResize(true);
  }

  /** Sends for {@code seconds} and waits for all answers. */
  void run(int port, LongFunction<byte[]> message, double seconds) throws InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
    try {
      var method = VedetteGrpc.getStreamMethod().toBuilder(new Bytes(), new Bytes()).build();
      start = System.nanoTime();
      var unused =
          ClientCalls.asyncBidiStreamingCall(channel.newCall(method, CallOptions.DEFAULT), this);
      send(message, start + (long) (seconds * 1e9));
      boolean all = ended.await(60, TimeUnit.SECONDS);
      if (!all) {
        failure = new IllegalStateException("answers are missing after 60 s");
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private void send(LongFunction<byte[]> message, long end) {
    long number = 0;
    ClientCallStreamObserver<byte[]> to = requests();
    while (failure == null) {
      long now = System.nanoTime();
      long due = intervalNanos == 0 ? now : start + number * intervalNanos;
      if (due >= end) {
        break;
      }
      if (due > now || !to.isReady()) {
        LockSupport.parkNanos(TICK_NANOS);
      } else {
        to.onNext(message.apply(number++));
      }
    }
    to.onCompleted();
  }

  private ClientCallStreamObserver<byte[]> requests() {
    var there = requests;
    if (there == null) {
      throw new IllegalStateException("the stream did not start");
    }
    return there;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<byte[]> stream) {
    requests = stream;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // answers come one after the other
  public void onNext(byte[] answer) {
    long due = start + answered * intervalNanos;
    if (intervalNanos > 0) {
      latency.recordValue(Math.max(0, System.nanoTime() - due) / 1000);
    }
    answered++;
  }

  @Override
  public void onError(Throwable reason) {
    failure = reason;
    ended.countDown();
  }

  @Override
  public void onCompleted() {
    ended.countDown();
  }

  Histogram latency() {
    return latency;
  }

  long answered() {
    return answered;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
