package dev.vedette.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@code vedette serve} in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final long START_MILLIS = 120_000;

  private final Process process;
  private final int port;
  private final int grpcPort;

  private ServerProcess(Process process, int port, int grpcPort) {
    this.process = process;
    this.port = port;
    this.grpcPort = grpcPort;
  }

  /**
   * How a server is started.
   *
   * @param folder for its store and log
   * @param store a JDBC URL; empty keeps a file in {@code folder}
   * @param java options of its Java machine
   * @param pipeline which of the pipeline files
   */
  record Plan(Path folder, String store, String java, String pipeline) {}

  /** Starts one and waits until its pipeline runs. */
  static ServerProcess start(Plan plan, int port) throws IOException, InterruptedException {
    Files.createDirectories(plan.folder());
    Path yaml = plan.folder().resolve(plan.pipeline() + ".yaml");
    Files.writeString(yaml, Workload.pipeline(plan.pipeline()));
    String launcher = System.getProperty("vedette.launcher", "./vedette");
    var command = new ArrayList<>(List.of(launcher, "serve", yaml.toString(), "--folder"));
    command.add(plan.folder().toString());
    command.addAll(List.of("--port", "" + port, "--grpc-port", "" + (port + 1)));
    if (!plan.store().isEmpty()) {
      command.addAll(List.of("--store", plan.store()));
    }
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VEDETTE_JAVA_OPTS", plan.java());
    Path log = plan.folder().resolve("server.log");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var server = new ServerProcess(builder.start(), port, port + 1);
    server.await(plan.pipeline(), log);
    return server;
  }

  private void await(String pipeline, Path log) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + START_MILLIS;
    try (var link = new HttpLink(port)) {
      while (System.currentTimeMillis() < end && process.isAlive()) {
        try {
          if (link.get("/v1/pipelines/" + pipeline).status() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // It does not listen yet.
        }
        Thread.sleep(20);
      }
    }
    close();
    throw new IOException("the server did not start; see " + log);
  }

  int port() {
    return port;
  }

  int grpcPort() {
    return grpcPort;
  }

  long pid() {
    return process.pid();
  }

  Usage usage() {
    return Usage.of(process.pid());
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, as Ctrl-C does, and waits until it did. */
  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
