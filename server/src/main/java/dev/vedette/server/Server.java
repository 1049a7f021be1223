package dev.vedette.server;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store;
import dev.vedette.server.grpc.GrpcServer;
import dev.vedette.server.live.Live;
import dev.vedette.server.rest.Parts;
import dev.vedette.server.rest.Rest;
import dev.vedette.server.security.Hosts;
import dev.vedette.server.security.Keys;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: pipelines behind HTTP and gRPC. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Store store;
  private final PrometheusMeterRegistry meters;
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Keys keys;
  private final InstantSource clock;
  private final Rest rest;
  private final HttpListener http;
  private final AtomicReference<@Nullable Live> live = new AtomicReference<>();
  private @Nullable GrpcServer grpc;

  private Server(Settings settings, Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.keys = new Keys(store, clock);
    refuseOpenDoor(settings);
    measureTheProcess();
    this.rest =
        new Rest(
            new Parts(
                live::get,
                store,
                keys,
                new Hosts(settings.host()),
                meters,
                clock,
                settings.folder().resolve("models"),
                settings.limits()));
    this.http = new HttpListener(settings, rest);
  }

  /**
   * Starts a server over {@code store}, which it closes in the end: health answers first, the rest
   * once every pipeline is recovered.
   *
   * @throws DataException when the settings cannot be met: a port is taken, a certificate cannot be
   *     read, or others than this machine could reach a server without any key
   */
  public static Server start(Settings settings, Store store, InstantSource clock) {
    Server server;
    try {
      Files.createDirectories(settings.folder());
      server = new Server(settings, store, clock);
    } catch (IOException e) {
      store.close();
      throw new DataException("folder " + settings.folder() + " cannot be made: " + e, e);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    try {
      server.recover(settings);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e instanceof RuntimeException known
          ? known
          : new DataException(
              "gRPC cannot listen on %s port %d: %s"
                  .formatted(settings.host(), settings.grpcPort(), reason(e)),
              e);
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private void refuseOpenDoor(Settings settings) {
    if (keys.isEmpty() && !Hosts.loopback(settings.host())) {
      throw new DataException(
          "host "
              + settings.host()
              + " can be reached by others and there is no key yet; create one first with"
              + " `vedette serve --create-key admin`, or listen on 127.0.0.1");
    }
    if (settings.tls() == null && !Hosts.loopback(settings.host())) {
      LOG.warn("Keys and events travel in plain text on {}; configure TLS", settings.host());
    }
  }

  private void measureTheProcess() {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    gc.bindTo(meters);
  }

  private void recover(Settings settings) throws IOException {
    Duration retention = settings.retention();
    Live recovered =
        retention == null
            ? Live.start(store, settings.folder(), clock, meters)
            : Live.start(store, settings.folder(), clock, meters, retention);
    live.set(recovered);
    Settings.Tls tls = settings.tls();
    var certificate = tls == null ? null : new GrpcServer.Certificate(tls.certificate(), tls.key());
    var address = new GrpcServer.Address(settings.host(), settings.grpcPort(), certificate);
    grpc = new GrpcServer(address, recovered, keys, settings.limits(), clock);
    LOG.info("Listening on {} port {}, gRPC on {}", settings.host(), port(), grpcPort());
  }

  public int port() {
    return http.port();
  }

  public int grpcPort() {
    GrpcServer started = grpc;
    return started == null ? -1 : started.port();
  }

  public Live live() {
    Live started = live.get();
    if (started == null) {
      throw new IllegalStateException("the server did not start");
    }
    return started;
  }

  /** The API keys. */
  public Keys keys() {
    return keys;
  }

  /** What {@code /metrics} shows. */
  public PrometheusMeterRegistry meters() {
    return meters;
  }

  /** Every method and path that HTTP answers, such as "GET /v1/pipelines/{name}". */
  public List<String> routes() {
    return rest.routes();
  }

  /** Takes nothing more, finishes what was accepted, keeps a snapshot, and closes the store. */
  @Override
  public void close() {
    rest.close();
    http.close();
    GrpcServer started = grpc;
    if (started != null) {
      started.close();
    }
    Live running = live.getAndSet(null);
    if (running != null) {
      running.close();
    }
    gc.close();
    store.close();
  }
}
