package dev.vedette.server;

import dev.vedette.DataException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Tells before anything is started whether a server could listen: one line, and nothing to undo.
 */
final class Ports {
  private Ports() {}

  /**
   * Refuses ports that are taken.
   *
   * @throws DataException naming the port and what to do
   */
  static void check(Settings settings) {
    check(settings.host(), settings.port(), "port");
    check(settings.host(), settings.grpcPort(), "grpc-port");
  }

  private static void check(String host, int port, String setting) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw refusal(host, port, setting, e);
    }
  }

  /** Why nobody can listen there. */
  static DataException refusal(String host, int port, String setting, Throwable e) {
    String reason = String.valueOf(root(e).getMessage());
    return new DataException(
        reason.contains("in use")
            ? "port %d is taken; choose another with --%s (0: a free one)".formatted(port, setting)
            : "cannot listen on %s port %d (%s); choose others with --host and --%s"
                .formatted(host, port, reason, setting),
        e);
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
