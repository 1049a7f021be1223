package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ports speak TLS where there is a certificate. */
@Timeout(60)
final class TlsTest {
  @TempDir private Path folder;

  @Test
  void bothPortsSpeakTls() throws Exception {
    Certificate made = Certificate.in(folder);
    Path chain = made.chain();
    Path key = made.key();
    Settings settings = new Settings(folder).port(0).grpcPort(0).tls(chain, key);
    try (Server server = Server.start(settings, Running.store(folder), InstantSource.system())) {
      try (HttpClient client = HttpClient.newBuilder().sslContext(made.trusting()).build()) {
        URI uri = URI.create("https://localhost:" + server.port() + "/health/ready");
        var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
      }
      grpc(server, chain);
    }
    Files.writeString(key, "no key");
    assertThatThrownBy(() -> Server.start(settings, Running.store(folder), InstantSource.system()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("both must be PEM");
  }

  private static void grpc(Server server, Path chain) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "localhost",
                server.grpcPort(),
                TlsChannelCredentials.newBuilder().trustManager(chain.toFile()).build())
            .build();
    try {
      var answer =
          HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.newBuilder().build());
      assertThat(answer.getStatus()).isEqualTo(ServingStatus.SERVING);
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }
}
