package dev.vedette.connect.sink;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to one address. 2xx is success, 408, 429, 5xx and silence are worth another attempt,
 * all else is a refusal. Redirects are not followed: the receiver was chosen by whoever wrote the
 * pipeline file.
 */
final class Post implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final String EXAMPLE = "https://host/path";

  private final Sinks sinks;
  private final URI address;
  private final @Nullable Secret bearer;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /** Posts to the plain word of {@code text}, or the secret it refers to, and {@code path}. */
  Post(SinkText text, String path, Sinks sinks) {
    this.sinks = sinks;
    String word = text.word("an address", EXAMPLE);
    String base = Secret.isReference(word) ? Secret.read(text, word, sinks).value() : word;
    address = address(text, word, path.isEmpty() ? base : base.replaceAll("/+$", "") + path);
    bearer = Secret.of(text, "bearer", sinks);
    if (bearer != null && !address.getScheme().equals("https") && !isThisMachine(address)) {
      throw text.wrong("bearer would be sent for all to read; write https:// in the address");
    }
  }

  private static URI address(SinkText text, String word, String base) {
    try {
      var uri = new URI(base);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
        throw text.wrong("'" + shown(word) + "' is no address; write " + EXAMPLE);
      }
      if (uri.getRawUserInfo() != null) {
        throw text.wrong("the address holds a user or password; write bearer=env:NAME instead");
      }
      if (uri.getRawFragment() != null) {
        throw text.wrong("the address has a fragment (#...), which is never sent; drop it");
      }
      return URI.create(scheme + base.substring(scheme.length()));
    } catch (URISyntaxException e) {
      throw text.wrong("'" + shown(word) + "' is no address; write " + EXAMPLE);
    }
  }

  /** An address that cannot be read may hold a password all the same. */
  private static String shown(String word) {
    return word.indexOf('@') >= 0 ? "..." : Plain.line(word, 200);
  }

  private static boolean isThisMachine(URI address) {
    return address.getHost().equals("localhost")
        || address.getHost().startsWith("127.")
        || address.getHost().equals("[::1]");
  }

  void send(byte[] body, Map<String, String> headers) throws IOException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "vedette")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer.value());
    }
    judge(answer(request.build()));
  }

  private HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, ignored -> new Beginning());
    try {
      // The request's own limit ends with the headers; this one includes a body that drips.
      return answer.get(CONNECT.plus(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer in time", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String reason = cause == null ? e.toString() : cause.getClass().getSimpleName();
      throw new IOException("cannot be reached (" + reason + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while sending");
    } finally {
      answer.cancel(true);
    }
  }

  private void judge(HttpResponse<byte[]> answer) throws IOException {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    String said = redacted(new String(answer.body(), StandardCharsets.UTF_8));
    String message = "answered " + status + (said.isBlank() ? "" : ": " + Plain.line(said, 200));
    if (status != 408 && status != 429 && status < 500) {
      throw new Sink.RefusedException(message);
    }
    Duration wait = answer.headers().firstValue("Retry-After").map(this::wait).orElse(null);
    throw wait == null ? new IOException(message) : new LaterException(message, wait);
  }

  private String redacted(String said) {
    return bearer == null ? said : said.replace(bearer.value(), "***");
  }

  /** Seconds or a date (RFC 9110, 10.2.3), at most an hour; null where it is neither. */
  private @Nullable Duration wait(String value) {
    Duration wait;
    if (value.matches("\\d{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(value));
    } else {
      try {
        var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
        wait = Duration.between(sinks.clock().instant(), until.toInstant());
      } catch (DateTimeException e) {
        return null;
      }
    }
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
