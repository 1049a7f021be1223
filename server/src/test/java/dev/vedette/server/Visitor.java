package dev.vedette.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Someone without a key who asks a server on this machine. */
final class Visitor implements AutoCloseable {
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Visitor(int port) {
    this.port = port;
  }

  private int status(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  int get(String path) {
    return status(to(path));
  }

  int post(String path, String type, String body) {
    return status(to(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  @Override
  public void close() {
    client.close();
  }
}
