package dev.vedette.connect.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of one test class, from the binaries of the machine, its data in a folder
 * that goes with it. As root, which the server refuses to run as, it runs as the user postgres.
 */
final class PostgresServer {
  static final String PASSWORD = "a password";

  private final Path folder;
  private final Path binaries;
  private final int port;
  private Process process;
  private int databases;

  private PostgresServer(Path binaries, Path folder, int port) throws IOException {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
    process = launch();
  }

  /** The folder of the newest server there is; empty where none is installed. */
  static Optional<Path> binaries() {
    List<Path> found = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted(
                Comparator.comparingInt((Path path) -> path.getFileName().toString().length())
                    .thenComparing(Comparator.naturalOrder())
                    .reversed())
            .forEach(version -> found.add(version.resolve("bin")));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    for (String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
      found.add(Path.of(folder));
    }
    return found.stream()
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
        .findFirst();
  }

  static PostgresServer start(Path binaries) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("vedette-postgres");
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (root()) {
      run(List.of("chown", "-R", "postgres", folder.toString()));
    }
    run(
        asOther(
            binaries.resolve("initdb").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-U",
            "vedette",
            "-A",
            "scram-sha-256",
            "--pwfile=" + password,
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync"));
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var server = new PostgresServer(binaries, folder, port);
    server.await();
    return server;
  }

  /** The URL of a new database. */
  String database() throws SQLException {
    String name = "test" + databases++;
    try (var connection = DriverManager.getConnection(url("postgres"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return url(name);
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=vedette&password=%s"
        .formatted(port, database, PASSWORD.replace(" ", "%20"));
  }

  /** Ends the server as a crash would, and starts it again. */
  void crash() throws IOException, InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
    process = launch();
    await();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            asOther(
                binaries.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private void await() throws IOException, InterruptedException {
    SQLException last = null;
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      try (var connection = DriverManager.getConnection(url("postgres"))) {
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

  /** SIGINT is PostgreSQL's fast shutdown; only this server's own process gets it. */
  void stop() throws IOException, InterruptedException {
    run(List.of("kill", "-INT", Long.toString(process.pid())));
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
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

  /** The command, by another user where this one is root; it stays one process. */
  private static List<String> asOther(String... command) {
    List<String> all = new ArrayList<>();
    if (root()) {
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
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
