package dev.vedette.server.azure;

import dev.vedette.server.azure.AzureSettings.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Where multivariate data come from: {@code upload:name}, {@code file:} URIs of what lies in the
 * folders of the settings, and {@code http:} and {@code https:} URIs of the hosts in the settings.
 * Nothing else is ever read or asked.
 */
final class DataSource implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final Duration ALL = Duration.ofMinutes(15);

  private final Sources settings;
  private final Uploads uploads;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  DataSource(Sources settings, Uploads uploads) {
    this.settings = settings;
    this.uploads = uploads;
  }

  /**
   * Refuses what can be refused without reading it.
   *
   * @throws AzureException with {@code InvalidBlobURL}, {@code FileNotExist}, {@code
   *     InvalidFileSize} or {@code StorageReadError}
   */
  void check(String source) {
    URI uri = uri(source);
    if (!remote(uri)) {
      Path path = local(uri, source);
      checkSize(path, source);
    } else {
      checkHost(uri);
    }
  }

  /**
   * The file or folder that {@code source} names.
   *
   * @param copy where it is put where it comes from elsewhere
   */
  Path open(String source, Path copy) {
    URI uri = uri(source);
    if (!remote(uri)) {
      Path path = local(uri, source);
      checkSize(path, source);
      return path;
    }
    checkHost(uri);
    download(uri, copy);
    return copy;
  }

  /** {@code source} for people: the query of a web address may be a secret. */
  static String shown(String source) {
    int end = source.regionMatches(true, 0, "http", 0, 4) ? source.indexOf('?') : -1;
    return end < 0 ? source : source.substring(0, end);
  }

  private static URI uri(String source) {
    try {
      URI uri = new URI(source);
      String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
      if (scheme.equals("upload") || scheme.equals("file") || scheme.startsWith("http")) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // As one of another scheme.
    }
    throw invalid("it is not a URI of the kind upload:, file:, http: or https:");
  }

  private static boolean remote(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http");
  }

  private static AzureException invalid(String why) {
    return AzureException.bad(
        "InvalidBlobURL", "The data source cannot be used: %s.".formatted(why));
  }

  private static AzureException missing(String source) {
    return AzureException.bad("FileNotExist", "File %s does not exist.".formatted(source));
  }

  private Path local(URI uri, String source) {
    if (uri.getScheme().equalsIgnoreCase("upload")) {
      Path upload = uploads.find(Objects.requireNonNullElse(uri.getSchemeSpecificPart(), ""));
      if (upload == null) {
        throw missing(source);
      }
      return upload;
    }
    Path path = path(uri);
    // What the file system says the path leads to, whatever dots and links it has.
    try {
      Path real = path.toRealPath();
      for (Path folder : settings.folders()) {
        if (Files.isDirectory(folder) && real.startsWith(folder.toRealPath())) {
          return readable(real, source);
        }
      }
    } catch (IOException e) {
      if (settings.folders().stream().anyMatch(path::startsWith)) {
        throw missing(source);
      }
    }
    throw invalid("its file lies in none of the folders that the settings of the server name");
  }

  private static Path readable(Path path, String source) {
    // A pipe would be waited for, a device have no end.
    boolean data = Files.isRegularFile(path) || Files.isDirectory(path);
    if (!data || !Files.isReadable(path)) {
      throw new AzureException(403, "StorageReadError", "File " + source + " cannot be read.");
    }
    return path;
  }

  private static Path path(URI uri) {
    String path = uri.getPath();
    boolean here = uri.getAuthority() == null || uri.getAuthority().equals("localhost");
    if (path == null || !path.startsWith("/") || !here) {
      throw invalid("a file: URI has an absolute path, as file:///data/pumps.csv");
    }
    try {
      return Path.of(new URI("file", null, path, null)).normalize();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw invalid("its path is none of a file");
    }
  }

  private void checkSize(Path path, String source) {
    try {
      if (Files.isRegularFile(path) && Files.size(path) > settings.bytes()) {
        throw tooLarge(source);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AzureException tooLarge(String source) {
    return new AzureException(
        413,
        "InvalidFileSize",
        "File %s exceeds the file size limit (%s bytes).".formatted(source, settings.bytes()));
  }

  private void checkHost(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    String wanted = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    if (!web || host.isEmpty() || uri.getUserInfo() != null || !settings.hosts().contains(wanted)) {
      throw invalid("its host is none of those that the settings of the server name");
    }
  }

  private void download(URI uri, Path copy) {
    String shown = shown(uri.toString());
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body();
          OutputStream out = Files.newOutputStream(copy)) {
        checkStatus(response.statusCode(), shown);
        Thread watch = Thread.ofVirtual().start(() -> closeInTime(in));
        try {
          if (copied(in, out, settings.bytes()) > settings.bytes()) {
            throw tooLarge(shown);
          }
        } finally {
          watch.interrupt();
        }
      }
    } catch (IOException e) {
      throw unreadable(shown, "it did not arrive");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreadable(shown, "the server is closing");
    }
  }

  private static void closeInTime(InputStream in) {
    try {
      Thread.sleep(ALL);
      in.close();
    } catch (InterruptedException | IOException done) {
      // It came in time, or is closed already.
    }
  }

  private static void checkStatus(int status, String shown) {
    if (status == 404 || status == 410) {
      throw missing(shown);
    }
    if (status >= 300 && status < 400) {
      throw invalid("it redirects elsewhere, which is not followed");
    }
    if (status != 200) {
      throw unreadable(shown, "its host answers with status " + status);
    }
  }

  private static AzureException unreadable(String shown, String why) {
    return new AzureException(
        403, "StorageReadError", "File " + shown + " cannot be read: " + why + ".");
  }

  /** Copies up to a little more than {@code most} bytes; returns how many. */
  static long copied(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long total = 0;
    for (int count = in.read(buffer); count >= 0 && total <= most; count = in.read(buffer)) {
      total += count;
      out.write(buffer, 0, count);
    }
    return total;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
