package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server over SQLite in a folder, and a client of it. */
final class Running implements AutoCloseable {
  static final String JSON = "application/json";
  static final String LINES = "application/x-ndjson";

  final Server server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Running(Path folder) {
    this(folder, store(folder));
  }

  Running(Path folder, Store store) {
    server = Server.start(new Settings(folder).port(0).grpcPort(0), store, InstantSource.system());
  }

  /** With models that answer. */
  Running(Path folder, Settings.Hosting hosting) {
    this(folder, hosting, InstantSource.system());
  }

  Running(Path folder, Settings.Hosting hosting, InstantSource clock) {
    Settings settings = new Settings(folder).port(0).grpcPort(0).hosting(hosting);
    server = Server.start(settings, store(folder), clock);
  }

  /** A client of {@code server}, which ends with it. */
  Running(Server server) {
    this.server = server;
  }

  static Store store(Path folder) {
    return Stores.open(folder.resolve("store.db").toString());
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return send(to(path));
  }

  HttpResponse<String> post(String path, String type, String body) {
    return send(to(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  CompletableFuture<HttpResponse<String>> later(String path, String type, String body) {
    HttpRequest.Builder request = to(path).header("Content-Type", type);
    return client.sendAsync(
        request.POST(BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> later(String path) {
    return client.sendAsync(to(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The body of a success. */
  static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(response.body());
  }

  JsonNode create(String yaml) {
    return json(post("/v1/pipelines", "application/yaml", yaml));
  }

  /** The decisions on the events of {@code body}. */
  JsonNode send(String pipeline, String body) {
    return json(post("/v1/pipelines/" + pipeline + "/events", JSON, body)).get("decisions");
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
