package dev.vedette.server;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store;
import dev.vedette.server.azure.AzureModels;
import dev.vedette.server.grpc.Admission;
import dev.vedette.server.grpc.GrpcServer;
import dev.vedette.server.intake.Budget;
import dev.vedette.server.live.Live;
import dev.vedette.server.model.HostedModels;
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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: pipelines and models behind HTTP and gRPC. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Settings settings;
  private final Store store;
  private final PrometheusMeterRegistry meters;
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Keys keys;
  private final InstantSource clock;
  private final Budget budget;
  private final Rest rest;
  private final HttpListener http;
  private final HostedModels models;
  private final AzureModels azure;
  private final AtomicReference<@Nullable Live> live = new AtomicReference<>();
  private @Nullable Live running;
  private @Nullable GrpcServer grpc;

  private Server(Settings settings, Store store, InstantSource clock, Budget budget) {
    this.settings = settings;
    this.store = store;
    this.clock = clock;
    this.budget = budget;
    this.meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.keys = new Keys(store, clock, Hosts.loopback(settings.host()));
    refuseOpenDoor(settings);
    Ports.check(settings);
    this.models = models(settings);
    this.azure =
        new AzureModels(
            settings.hosting().azure(), settings.folder().resolve("azure"), store, clock);
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
                models,
                settings.hosting().open(),
                settings.limits(),
                budget,
                settings.hosting().azure(),
                azure));
    try {
      this.http = new HttpListener(settings, rest);
    } catch (RuntimeException e) {
      rest.close();
      models.close();
      azure.close();
      gc.close();
      throw e;
    }
  }

  private HostedModels models(Settings settings) {
    var places =
        new HostedModels.Places(settings.folder().resolve("models"), settings.hosting().models());
    return new HostedModels(places, settings.limits().time(), meters, store, clock);
  }

  /**
   * Starts a server over {@code store}, which it closes in the end: health answers first, the rest
   * once every pipeline is recovered.
   *
   * @throws DataException when the settings cannot be met: a port is taken, a certificate cannot be
   *     read, or others than this machine could reach a server without any key
   */
  public static Server start(Settings settings, Store store, InstantSource clock) {
    return start(settings, store, clock, recovered -> {});
  }

  /**
   * As {@link #start(Settings, Store, InstantSource)}, and does {@code first} with the recovered
   * pipelines before others reach them. What it throws ends the server.
   */
  public static Server start(
      Settings settings, Store store, InstantSource clock, Consumer<Live> first) {
    return start(settings, store, clock, Budget.ofHeap(), first);
  }

  static Server start(
      Settings settings, Store store, InstantSource clock, Budget budget, Consumer<Live> first) {
    Server server;
    try {
      settings.makeFolder();
      server = new Server(settings, store, clock, budget);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    try {
      server.recover(first);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e instanceof RuntimeException known
          ? known
          : Ports.refusal(settings.host(), settings.grpcPort(), "grpc-port", e);
    }
  }

  private void refuseOpenDoor(Settings settings) {
    if (keys.isEmpty() && !Hosts.loopback(settings.host()) && !settings.hosting().open()) {
      throw new DataException(
          "host "
              + settings.host()
              + " can be reached by others and there is no key yet; create one first with"
              + " `vedette serve --create-key admin`, or listen on 127.0.0.1");
    }
    if (settings.hosting().open() && !Hosts.loopback(settings.host())) {
      LOG.warn("Whoever reaches {} may have rows scored without a key", settings.host());
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

  private void recover(Consumer<Live> first) throws IOException {
    Duration retention = settings.retention();
    Live recovered =
        retention == null
            ? Live.start(store, settings.folder(), clock, meters)
            : Live.start(store, settings.folder(), clock, meters, retention);
    running = recovered;
    first.accept(recovered);
    Settings.Tls tls = settings.tls();
    var certificate = tls == null ? null : new GrpcServer.Certificate(tls.certificate(), tls.key());
    var address = new GrpcServer.Address(settings.host(), settings.grpcPort(), certificate);
    var admission = new Admission(keys, settings.limits(), budget, settings.hosting().open());
    grpc = new GrpcServer(address, new GrpcServer.Served(recovered, models), admission, clock);
    live.set(recovered);
    LOG.info(
        "Listening on {} port {}, gRPC on {}; dashboard {}",
        settings.host(),
        port(),
        grpcPort(),
        address());
  }

  /** The address of the dashboard, as a browser on this machine reaches it. */
  public String address() {
    String scheme = settings.tls() == null ? "http" : "https";
    return scheme + "://" + name(settings.host()) + ":" + port();
  }

  private static String name(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress() || host.equals("127.0.0.1")) {
        return "localhost";
      }
    } catch (UnknownHostException e) {
      // It is what was given, then.
    }
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
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

  /** The models that answer. */
  public HostedModels models() {
    return models;
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
    live.set(null);
    Live recovered = running;
    if (recovered != null) {
      recovered.close();
    }
    models.close();
    azure.close();
    gc.close();
    store.close();
  }
}
