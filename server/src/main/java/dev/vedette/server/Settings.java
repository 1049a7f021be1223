package dev.vedette.server;

import dev.vedette.DataException;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.intake.Limits;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server is set up: immutable, changed by copies.
 *
 * @param host to listen on; one that is not loopback needs a key in the store
 * @param port of HTTP; 0 takes a free one
 * @param grpcPort of gRPC; 0 takes a free one
 * @param store a JDBC URL, of SQLite or PostgreSQL; null keeps a file in {@code folder}
 * @param folder for the store, model files, alert files and dead letters
 * @param tls the certificate; null speaks plainly
 * @param limits what requests may be
 * @param retention how long decisions and alerts are kept; null keeps them for 30 days
 * @param hosting the models that answer
 */
public record Settings(
    String host,
    int port,
    int grpcPort,
    @Nullable String store,
    Path folder,
    @Nullable Tls tls,
    Limits limits,
    @Nullable Duration retention,
    Hosting hosting) {
  /**
   * The models that answer, beside those that came in by requests.
   *
   * @param models files, and folders of files that end in .vedette; they are served where they are,
   *     and a file that is replaced replaces the model
   * @param open whether models answer without a key, to whoever reaches the server; everything else
   *     still needs one
   * @param azure the service that answers like Azure AI Anomaly Detector
   */
  public record Hosting(List<Path> models, boolean open, AzureSettings azure) {
    public Hosting {
      models = List.copyOf(models);
    }

    /** None, with a key. */
    public Hosting() {
      this(List.of(), false, new AzureSettings());
    }

    public Hosting models(List<Path> models) {
      return new Hosting(models, open, azure);
    }

    public Hosting open(boolean open) {
      return new Hosting(models, open, azure);
    }

    public Hosting azure(AzureSettings azure) {
      return new Hosting(models, open, azure);
    }
  }

  /**
   * A certificate chain and its private key.
   *
   * @param certificate a PEM file, the server's own certificate first
   * @param key a PEM file in PKCS #8, not encrypted
   */
  public record Tls(Path certificate, Path key) {}

  public Settings {
    port(port, "port");
    port(grpcPort, "grpc-port");
    if (port != 0 && port == grpcPort) {
      throw new IllegalArgumentException("port and grpc-port are both " + port + "; choose two");
    }
    if (retention != null && retention.toMinutes() < 1) {
      throw new IllegalArgumentException("retention is " + retention + "; keep at least a minute");
    }
  }

  /** Loopback, ports 8080 and 9090, SQLite in {@code folder}. */
  public Settings(Path folder) {
    this("127.0.0.1", 8080, 9090, null, folder, null, new Limits(), null, new Hosting());
  }

  private static void port(int port, String name) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " is " + port + "; write 0 to 65535");
    }
  }

  /**
   * The settings in a YAML file; what it leaves out is as in {@code this}.
   *
   * @throws dev.vedette.DataException naming the file, the setting and what can be written
   */
  public Settings with(Path file) {
    return SettingsFile.read(file, this);
  }

  /**
   * Makes the folder where there is none.
   *
   * @throws DataException saying why it cannot be made
   */
  public void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new DataException("folder " + folder + " is a file; name a folder", e);
    } catch (AccessDeniedException e) {
      throw new DataException(
          "folder " + folder + " cannot be made: no permission; name another one", e);
    } catch (FileSystemException e) {
      throw new DataException("folder " + folder + " cannot be made: " + e.getReason(), e);
    } catch (IOException e) {
      throw new DataException("folder " + folder + " cannot be made: " + e.getMessage(), e);
    }
  }

  public Settings host(String host) {
    return new Settings(host, port, grpcPort, store, folder, tls, limits, retention, hosting);
  }

  public Settings port(int port) {
    return new Settings(host, port, grpcPort, store, folder, tls, limits, retention, hosting);
  }

  public Settings grpcPort(int port) {
    return new Settings(host, this.port, port, store, folder, tls, limits, retention, hosting);
  }

  public Settings store(String url) {
    return new Settings(host, port, grpcPort, url, folder, tls, limits, retention, hosting);
  }

  public Settings folder(Path folder) {
    return new Settings(host, port, grpcPort, store, folder, tls, limits, retention, hosting);
  }

  public Settings tls(Path certificate, Path key) {
    Tls both = new Tls(certificate, key);
    return new Settings(host, port, grpcPort, store, folder, both, limits, retention, hosting);
  }

  public Settings limits(Limits limits) {
    return new Settings(host, port, grpcPort, store, folder, tls, limits, retention, hosting);
  }

  public Settings retention(Duration retention) {
    return new Settings(host, port, grpcPort, store, folder, tls, limits, retention, hosting);
  }

  public Settings hosting(Hosting hosting) {
    return new Settings(host, port, grpcPort, store, folder, tls, limits, retention, hosting);
  }
}
