package dev.vedette.server;

import dev.vedette.DataException;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.rest.Refusals;
import dev.vedette.server.rest.Rest;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The HTTP server: a virtual thread for each connection, bounded in everything. */
final class HttpListener implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 2_000;

  private final WebServer server;

  /**
   * Starts to listen.
   *
   * @throws DataException when the port is taken or the certificate cannot be read
   */
  HttpListener(Settings settings, Rest rest) {
    Limits limits = settings.limits();
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .connectionOptions(
                socket -> socket.tcpNoDelay(true).readTimeout(limits.time().multipliedBy(2)))
            .maxTcpConnections(MOST_CONNECTIONS)
            .idleConnectionTimeout(Duration.ofMinutes(2))
            .idleConnectionPeriod(Duration.ofSeconds(30))
            .shutdownGracePeriod(Duration.ofSeconds(5))
            // Reads of channels know no time-out.
            .useNio(false)
            .writeQueueLength(0)
            .directHandlers(Refusals::register)
            .contentEncoding(new Undecoded())
            .routing(rest::register);
    builder.protocolsDiscoverServices(false).addProtocol(http1(limits, rest));
    secure(builder, settings);
    try {
      server = builder.build().start();
    } catch (RuntimeException e) {
      throw Ports.refusal(settings.host(), settings.port(), "port", e);
    }
    if (!server.isRunning()) {
      // It says why in the log only.
      throw new DataException(
          "HTTP cannot listen on %s port %d; choose another with --port (0: a free one)"
              .formatted(settings.host(), settings.port()));
    }
  }

  private static Http1Config http1(Limits limits, Rest rest) {
    return Http1Config.builder()
        .maxHeadersSize(limits.header())
        .maxPrologueLength(8 * 1024)
        .validateRequestHeaders(true)
        .addReceiveListener(rest.listener())
        .build();
  }

  private static void secure(WebServerConfig.Builder builder, Settings settings) {
    Settings.Tls tls = settings.tls();
    if (tls == null) {
      return;
    }
    exists(tls.certificate(), "tls.certificate");
    exists(tls.key(), "tls.key");
    try {
      Keys keys =
          Keys.builder()
              .pem(
                  pem ->
                      pem.certChain(Resource.create(tls.certificate()))
                          .key(Resource.create(tls.key())))
              .build();
      builder.tls(config -> config.privateKey(keys).privateKeyCertChain(keys));
    } catch (RuntimeException e) {
      throw new DataException(
          "the certificate %s with the key %s cannot be used: %s; both must be PEM"
              .formatted(tls.certificate(), tls.key(), reason(e)),
          e);
    }
  }

  private static void exists(Path file, String setting) {
    if (!Files.exists(file)) {
      throw new DataException(setting + ": " + file + " does not exist");
    }
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
