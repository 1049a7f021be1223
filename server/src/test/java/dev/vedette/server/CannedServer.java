package dev.vedette.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Serves the real files of the dashboard and canned answers of the API on a port of its own. */
final class CannedServer implements AutoCloseable {
  private static final String FILES = "dev/vedette/server/dashboard/";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<String> labels = new LinkedBlockingQueue<>();
  private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private volatile @Nullable String key;

  private record Watcher(OutputStream out, CountDownLatch gone) {}

  CannedServer() {
    server = start(0);
  }

  private HttpServer start(int port) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      HttpServer started = HttpServer.create(address, 0);
      started.setExecutor(workers);
      started.createContext("/", this::handle);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** From now on {@code path} under /v1/ is answered with {@code json}. */
  void answer(String path, String json) {
    answers.put(path, json);
  }

  /** From now on only requests with this key are answered. */
  void require(String wanted) {
    key = wanted;
  }

  /** The bodies of the labels posted. */
  BlockingQueue<String> labels() {
    return labels;
  }

  int watchers() {
    return watchers.size();
  }

  /** Sends a server-sent event to all who watch. */
  void send(String type, String json) {
    String text = "event: " + type + "\ndata: " + json.replace("\n", " ") + "\n\n";
    for (Watcher watcher : watchers) {
      try {
        watcher.out().write(text.getBytes(UTF_8));
        watcher.out().flush();
      } catch (IOException e) {
        watchers.remove(watcher);
        watcher.gone().countDown();
      }
    }
  }

  /** Goes away, as a server that crashed. */
  void stop() {
    server.stop(0);
    for (Watcher watcher : watchers) {
      watcher.gone().countDown();
    }
    watchers.clear();
  }

  /** Comes back on the same port. */
  void comeBack() {
    server = start(server.getAddress().getPort());
  }

  @Override
  public void close() {
    stop();
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
    if (!path.startsWith("/v1/")) {
      file(exchange, path);
    } else if (key != null
        && !("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      problem(exchange, 401, "Unauthorized", "No API key was sent; send one.");
    } else if (path.endsWith("/live")) {
      watch(exchange);
    } else if (path.endsWith("/labels")) {
      labels.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      reply(exchange, 201, "application/json", "{}".getBytes(UTF_8));
    } else {
      answer(exchange, path);
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    String json = answers.get(path.substring("/v1/".length()));
    if (json == null) {
      problem(exchange, 404, "Not Found", "There is no " + path);
    } else {
      reply(exchange, 200, "application/json", json.getBytes(UTF_8));
    }
  }

  private static void file(HttpExchange exchange, String path) throws IOException {
    String name = path.equals("/") ? "index.html" : path.substring(1);
    String resource = name.equals("webjars/chart.js") ? chart() : FILES + name;
    try (InputStream in = CannedServer.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        problem(exchange, 404, "Not Found", "There is no " + path);
        return;
      }
      String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
      reply(exchange, 200, type + "; charset=utf-8", in.readAllBytes());
    }
  }

  /** Chart.js in its WebJar, whatever its version. */
  private static String chart() throws IOException {
    String about = "META-INF/maven/org.webjars.npm/chart.js/pom.properties";
    var properties = new Properties();
    try (InputStream in = CannedServer.class.getClassLoader().getResourceAsStream(about)) {
      if (in == null) {
        throw new IOException(about + " is not on the class path");
      }
      properties.load(in);
    }
    return "META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js"
        .formatted(properties.getProperty("version"));
  }

  private void watch(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    var watcher = new Watcher(exchange.getResponseBody(), new CountDownLatch(1));
    watcher.out().write(": here\n\n".getBytes(UTF_8));
    watcher.out().flush();
    watchers.add(watcher);
    try {
      watcher.gone().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void problem(HttpExchange exchange, int status, String title, String detail)
      throws IOException {
    String json =
        """
        {"type":"about:blank","title":"%s","status":%d,"detail":"%s"}"""
            .formatted(title, status, detail);
    reply(exchange, status, "application/problem+json", json.getBytes(UTF_8));
  }

  private static void reply(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
