package dev.vedette.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody listens on. */
final class Ports {
  private Ports() {}

  /** One that is free now, as is the next. */
  static int free() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = first.getLocalPort();
        if (port < 65_535) {
          try (var second = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
            return second.getLocalPort() - 1;
          } catch (IOException taken) {
            // The next attempt gets another pair.
          }
        }
      }
    }
    throw new IOException("no two ports in a row are free");
  }
}
