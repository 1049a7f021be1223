package dev.vedette.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of one run, from the binaries of the machine, with its default settings. As root,
 * which the server refuses to run as, it runs as the user postgres.
 */
final class PostgresServer implements AutoCloseable {
  private static final String PASSWORD = "bench";

  private final Process process;
  private final Path folder;
  private final int port;

  private PostgresServer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  static PostgresServer start() throws IOException, InterruptedException {
    Path binaries = binaries();
    Path folder = Files.createTempDirectory("vedette-postgres");
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (root()) {
      run(List.of("chown", "-R", "postgres", folder.toString()));
    }
    String data = folder.resolve("data").toString();
    run(
        asOther(
            List.of(
                binaries.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=vedette",
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C")));
    int port = Ports.free();
    List<String> command =
        asOther(
            List.of(
                binaries.resolve("postgres").toString(),
                "-D",
                data,
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    var server = new PostgresServer(process, folder, port);
    server.await();
    return server;
  }

  /** The binaries of the newest version there is. */
  private static Path binaries() throws IOException {
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        var newest =
            versions
                .filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                .max(Comparator.comparingInt(v -> Integer.parseInt(v.getFileName().toString())));
        if (newest.isPresent()) {
          return newest.get().resolve("bin");
        }
      }
    }
    throw new IOException("no PostgreSQL in " + debian + "; Debian: apt install postgresql");
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=vedette&password=%s"
        .formatted(port, PASSWORD);
  }

  private void await() throws IOException, InterruptedException {
    SQLException last = null;
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      try (var connection = DriverManager.getConnection(url())) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        last = e;
      }
      Thread.sleep(100);
    }
    throw new IOException(Files.readString(folder.resolve("log")), last);
  }

  /** SIGINT is its fast shutdown. */
  @Override
  public void close() throws IOException {
    try {
      run(List.of("kill", "-INT", Long.toString(process.pid())));
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asOther(List<String> command) {
    var all = new ArrayList<String>();
    if (root()) {
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.addAll(command);
    return all;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
