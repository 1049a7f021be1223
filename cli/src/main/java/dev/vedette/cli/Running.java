package dev.vedette.cli;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Stores;
import dev.vedette.server.Server;
import dev.vedette.server.Settings;
import dev.vedette.server.live.Live;
import java.util.function.Consumer;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts servers. */
final class Running {
  private Running() {}

  /** Starts a server that does {@code first} with its pipelines before others reach them. */
  static Server start(Settings settings, Console console, Consumer<Live> first) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    return Server.start(settings, open(settings), console.clock(), first);
  }

  static Store open(Settings settings) {
    settings.makeFolder();
    String url = settings.store();
    return Stores.open(url == null ? settings.folder().resolve("vedette.db").toString() : url);
  }
}
