package dev.vedette.server;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Stores;
import dev.vedette.server.azure.AzureModels;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.intake.Budget;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.live.Live;
import dev.vedette.server.model.HostedModels;
import dev.vedette.server.rest.Parts;
import dev.vedette.server.rest.Rest;
import dev.vedette.server.security.Hosts;
import dev.vedette.server.security.Keys;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server by HTTP whose pipelines are not recovered yet: all that needs none of them. */
final class Front implements AutoCloseable {
  static final Limits LIMITS =
      new Limits(64 * 1024, 128 * 1024, 32, 100, 16 * 1024, Duration.ofSeconds(1));

  final Keys keys;
  final HostedModels models;
  private final AzureModels azure;
  private final Store store;
  final Rest rest;
  private final HttpListener http;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Front(Path folder) {
    this(folder, Stores.open(folder.resolve("vedette.db").toString()), () -> null, LIMITS);
  }

  Front(Path folder, Store store, Supplier<@Nullable Live> live, Limits limits) {
    this(folder, store, live, limits, Budget.ofHeap());
  }

  Front(Path folder, Store store, Supplier<@Nullable Live> live, Limits limits, Budget budget) {
    this.store = store;
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var places = new HostedModels.Places(folder.resolve("models"), List.of());
    models = new HostedModels(places, limits.time(), meters, store, InstantSource.system());
    azure =
        new AzureModels(
            new AzureSettings(), folder.resolve("azure"), store, InstantSource.system());
    keys = new Keys(store, InstantSource.system());
    rest =
        new Rest(
            new Parts(
                live,
                store,
                keys,
                new Hosts("127.0.0.1"),
                meters,
                InstantSource.system(),
                models,
                false,
                limits,
                budget,
                new AzureSettings(),
                azure));
    http = new HttpListener(new Settings(folder).port(0).grpcPort(0).limits(limits), rest);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), http.port());
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(to(path));
  }

  HttpResponse<String> post(String path, String type, String body) {
    return send(
        to(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  CompletableFuture<HttpResponse<String>> later(String path, String type, String body) {
    HttpRequest request =
        to(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What comes back for these bytes until the server closes or 5 seconds are over. */
  String raw(byte[]... parts) throws IOException, InterruptedException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < parts.length; i++) {
        if (i > 0) {
          Thread.sleep(200);
        }
        out.write(parts[i]);
        out.flush();
      }
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  String raw(String request) throws IOException, InterruptedException {
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    rest.close();
    http.close();
    client.close();
    models.close();
    azure.close();
    store.close();
  }
}
