package dev.vedette.cli;

import dev.vedette.server.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and how a server listens and keeps what it learns. */
final class ServerMixin {
  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "a YAML file with the settings of the server; options here overrule it")
  @Nullable Path settings;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "the address to listen on; default 127.0.0.1, which only this machine reaches")
  @Nullable String host;

  @Option(names = "--port", paramLabel = "N", description = "of HTTP; default 8080; 0: a free one")
  @Nullable Integer port;

  @Option(
      names = "--grpc-port",
      paramLabel = "N",
      description = "of gRPC; default 9090; 0: a free one")
  @Nullable Integer grpcPort;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "where events, decisions and alerts are kept: a file (SQLite) or jdbc:postgresql:...;"
              + " default: vedette.db in the folder")
  @Nullable String store;

  /**
   * The settings of the file, overruled by the options.
   *
   * @param given the folder that was asked for; null where none was
   * @param usual the folder where neither names one
   */
  Settings settings(@Nullable Path given, Path usual) {
    Settings read = new Settings(usual);
    read = settings == null ? read : read.with(settings);
    read = given == null ? read : read.folder(given);
    read = host == null ? read : read.host(host);
    read = port == null ? read : read.port(port);
    read = grpcPort == null ? read : read.grpcPort(grpcPort);
    return store == null ? read : read.store(store);
  }
}
