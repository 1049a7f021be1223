package dev.vedette.server.rest;

import dev.vedette.server.model.Gate;
import dev.vedette.server.security.Caller;
import dev.vedette.server.security.Hosts;
import dev.vedette.server.security.Right;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers every request by HTTP: one table of routes, each with the right it needs, behind the
 * checks that hold for all of them. {@code openapi.yaml} describes the table.
 */
public final class Rest implements AutoCloseable {
  private static final HeaderName API_KEY = HeaderNames.create("X-Api-Key");
  private static final HeaderName SUBSCRIPTION_KEY =
      HeaderNames.create("Ocp-Apim-Subscription-Key");
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
              + " form-action 'self'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin");
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final List<String> KNOWN_METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
    Duration.ofMillis(15), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
    Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5)
  };

  /** What was found to answer a request. */
  private record Found(Route route, Map<String, String> parts) {}

  private final Parts parts;
  private final Deadlines deadlines;
  private final LiveRoutes live;
  private final Pages pages = new Pages();

  /** Compute what takes longer than a moment. */
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          PROCESSORS, Thread.ofPlatform().daemon(true).name("azure-request", 0).factory());

  private final List<Route> routes = new ArrayList<>();

  public Rest(Parts parts) {
    this.parts = parts;
    this.deadlines = new Deadlines(parts.limits().time());
    this.live = new LiveRoutes(parts);
    routes.addAll(new EventRoutes(parts).routes());
    routes.addAll(new PipelineRoutes(parts).routes());
    routes.addAll(live.routes());
    routes.addAll(new SeriesRoutes(parts).routes());
    routes.addAll(new AlertRoutes(parts).routes());
    routes.addAll(new ModelRoutes(parts).routes());
    routes.addAll(new InferenceRoutes(parts).routes());
    routes.addAll(new InvocationRoutes(parts).routes());
    if (parts.azure().on()) {
      Gate gate = new Gate(PROCESSORS, parts.azure().queue(), parts.limits().time(), workers);
      routes.addAll(new AzureRoutes(parts, gate).routes());
      routes.addAll(new MultivariateRoutes(parts, gate).routes());
      routes.addAll(new DatasetRoutes(parts).routes());
    }
    routes.addAll(new AdminRoutes(parts).routes());
    routes.addAll(new OperationRoutes(parts).routes());
  }

  /** Every method and path that is answered, such as "GET /v1/pipelines/{name}". */
  public List<String> routes() {
    return routes.stream().map(route -> route.method() + " " + route.template()).sorted().toList();
  }

  public void register(HttpRouting.Builder routing) {
    routing.any(this::handle);
  }

  /** Watches over the time requests take to arrive and answers to be taken. */
  public Http1ConnectionListener listener() {
    return deadlines;
  }

  private void handle(ServerRequest request, ServerResponse response) {
    var body = new Body(request, deadlines, parts.budget());
    try {
      handle(request, response, body);
    } finally {
      body.release();
    }
  }

  private void handle(ServerRequest request, ServerResponse response, Body body) {
    long start = System.nanoTime();
    String route = "none";
    String path = AzureErrors.single(request.prologue().uriPath().rawPath());
    Reply reply;
    try {
      check(request);
      Found found = find(method(request), path);
      route = found == null ? "page" : found.route.template();
      reply = found == null ? page(request, path) : answer(found, request, body);
    } catch (RequestException | CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      Failure failure = Failure.of(e, request);
      reply = told(failure, path);
    }
    // A body that nobody wanted is not waited for.
    boolean unread = body.unread();
    deadlines.arrived();
    try {
      send(unread ? reply.header("Connection", "close") : reply, request, response);
    } finally {
      deadlines.arrived();
      measure(request, route, reply.status(), System.nanoTime() - start);
    }
    if (unread || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      if (unread) {
        body.discard();
      }
      throw new CloseConnectionException("the last answer on this connection was given");
    }
  }

  private static Reply told(Failure failure, String path) {
    if (AzureErrors.speaksFor(path)) {
      return AzureErrors.reply(failure);
    }
    return InferenceRoutes.speaksFor(path) ? failure.error() : failure.problem();
  }

  private static String method(ServerRequest request) {
    String method = request.prologue().method().text();
    return method.equals("HEAD") ? "GET" : method;
  }

  private void check(ServerRequest request) {
    String host = request.headers().first(HeaderNames.HOST).orElse(null);
    if (!parts.hosts().allows(host)) {
      throw new Problem(421, "this server answers to localhost only; ask it by that name", "Host");
    }
    String origin = request.headers().first(HeaderNames.ORIGIN).orElse(null);
    if (!Hosts.sameOrigin(origin, host)) {
      throw new Problem(403, "pages of other origins may not ask this server", "Origin");
    }
  }

  private @Nullable Found find(String method, String path) {
    var others = new TreeSet<String>();
    for (Route route : routes) {
      Map<String, String> matched = route.match(path);
      if (matched != null && route.method().equals(method)) {
        return new Found(route, matched);
      }
      if (matched != null) {
        others.add(route.method());
      }
    }
    if (!others.isEmpty()) {
      throw new MethodNotAllowed(others);
    }
    return null;
  }

  private Reply page(ServerRequest request, String path) {
    Reply page = pages.find(path);
    if (page == null) {
      throw new Problem(404, "nothing is at this path; /openapi.yaml says what there is");
    }
    if (!method(request).equals("GET")) {
      throw new MethodNotAllowed(new TreeSet<>(List.of("GET")));
    }
    return page;
  }

  private Reply answer(Found found, ServerRequest request, Body body) {
    Route route = found.route;
    Caller caller = null;
    boolean open = route.right() == Right.SCORE && parts.openScoring();
    if (route.right() != null && !open) {
      caller = parts.keys().caller(key(request), request.remotePeer().host());
      caller.require(route.right());
    }
    return route
        .handler()
        .handle(new Call(request, body, found.parts, caller, parts.limits(), deadlines));
  }

  private static @Nullable String key(ServerRequest request) {
    String bearer = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    if (bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return bearer.substring(7).strip();
    }
    String other = bearer.isEmpty() ? null : "";
    return request
        .headers()
        .first(API_KEY)
        .or(() -> request.headers().first(SUBSCRIPTION_KEY))
        .orElse(other);
  }

  private void send(Reply reply, ServerRequest request, ServerResponse response) {
    deadlines.answering(reply.body().length);
    response.status(reply.status());
    ALWAYS.forEach(response::header);
    if (!reply.headers().containsKey("Cache-Control")) {
      response.header("Cache-Control", "no-store");
    }
    reply.headers().forEach(response::header);
    if (!reply.type().isEmpty()) {
      response.header("Content-Type", reply.type());
    }
    boolean head = request.prologue().method().text().equals("HEAD");
    if (reply.stream() != null && !head) {
      stream(reply.stream(), response);
    } else if (reply.body().length == 0 || head) {
      response.send();
    } else {
      response.send(reply.body());
    }
  }

  private static void stream(Reply.Stream stream, ServerResponse response) {
    try (OutputStream out = response.outputStream()) {
      stream.write(out);
    } catch (IOException | UncheckedIOException | ServerConnectionException e) {
      throw new CloseConnectionException("the client left", e);
    }
  }

  private void measure(ServerRequest request, String route, int status, long nanos) {
    String method = request.prologue().method().text();
    Timer.builder("http.server.requests")
        .description("Requests by HTTP")
        .tag("method", KNOWN_METHODS.contains(method) ? method : "other")
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(BUCKETS)
        .register(parts.meters())
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends the live streams. */
  @Override
  public void close() {
    live.close();
    deadlines.close();
    workers.shutdownNow();
  }
}
