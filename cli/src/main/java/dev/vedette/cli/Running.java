package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Stores;
import dev.vedette.server.Server;
import dev.vedette.server.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * A server that runs until the process is asked to end, and then finishes what it accepted before
 * the process does end.
 */
final class Running implements AutoCloseable {
  private final Server server;
  private final Settings settings;
  private final Console console;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook =
      Thread.ofPlatform().name("shutdown").unstarted(this::finishBeforeTheProcessEnds);

  private Running(Server server, Settings settings, Console console) {
    this.server = server;
    this.settings = settings;
    this.console = console;
  }

  static Running start(Settings settings, Console console) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Server server = Server.start(settings, open(settings), console.clock());
    var running = new Running(server, settings, console);
    Runtime.getRuntime().addShutdownHook(running.hook);
    return running;
  }

  static Store open(Settings settings) {
    try {
      Files.createDirectories(settings.folder());
    } catch (IOException e) {
      throw new DataException(
          "folder " + settings.folder() + " cannot be made: " + e.getMessage(), e);
    }
    String url = settings.store();
    return Stores.open(url == null ? settings.folder().resolve("vedette.db").toString() : url);
  }

  Server server() {
    return server;
  }

  String address() {
    String scheme = settings.tls() == null ? "http" : "https";
    String host = settings.host().equals("127.0.0.1") ? "localhost" : settings.host();
    return scheme + "://" + host + ":" + server.port();
  }

  void announce() {
    console.notice("dashboard %s, gRPC on port %d", address(), server.grpcPort());
  }

  /** Waits until the process is asked to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Whether the process was asked to end. */
  boolean ending() {
    return asked.getCount() == 0;
  }

  private void finishBeforeTheProcessEnds() {
    asked.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      closed.countDown();
      if (!ending()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }
}
