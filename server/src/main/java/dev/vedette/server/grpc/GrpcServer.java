package dev.vedette.server.grpc;

import dev.vedette.server.grpc.inference.GRPCInferenceServiceGrpc;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.live.Live;
import dev.vedette.server.model.HostedModels;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pipelines and models by gRPC: scoring, health and reflection on a port of its own. */
public final class GrpcServer implements AutoCloseable {
  private static final int MOST_MESSAGE = 4 << 20;

  /** A certificate chain and its private key, as PEM files. */
  public record Certificate(Path chain, Path key) {}

  /** Where to listen. */
  public record Address(String host, int port, @Nullable Certificate certificate) {}

  /** What calls are about. */
  public record Served(Live live, HostedModels models) {}

  private final HealthStatusManager health = new HealthStatusManager();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Server server;

  /**
   * Starts to listen.
   *
   * @throws IOException when the port is taken or the certificate cannot be read
   */
  public GrpcServer(Address address, Served served, Admission admission, InstantSource clock)
      throws IOException {
    Limits limits = admission.limits();
    var inference = new InferenceService(served.models, admission.budget());
    var socket = new InetSocketAddress(address.host, address.port);
    server =
        NettyServerBuilder.forAddress(socket, credentials(address.certificate))
            .executor(threads)
            .maxInboundMessageSize(Math.min(MOST_MESSAGE, limits.body()))
            .maxInboundMetadataSize(limits.header())
            .maxConcurrentCallsPerConnection(1_000)
            .maxConnectionIdle(30, TimeUnit.MINUTES)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .intercept(new KeyCheck(admission.keys(), admission.openScoring()))
            .addService(new ScoreService(served.live, admission, clock))
            .addService(inference)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build()
            .start();
    health.setStatus("vedette.v1.Vedette", ServingStatus.SERVING);
    health.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
  }

  private static ServerCredentials credentials(@Nullable Certificate certificate)
      throws IOException {
    return certificate == null
        ? InsecureServerCredentials.create()
        : TlsServerCredentials.create(certificate.chain.toFile(), certificate.key.toFile());
  }

  public int port() {
    return server.getPort();
  }

  /** Takes no more calls, lets those under way finish, and after 5 seconds ends them. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(5, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
