package dev.vedette.server.rest;

import dev.vedette.azure.MultivariateException;
import dev.vedette.azure.RequestException;
import dev.vedette.connect.store.StoreException;
import dev.vedette.server.azure.AzureException;
import dev.vedette.server.live.PausedException;
import dev.vedette.server.live.QueueFullException;
import dev.vedette.server.live.UnavailableException;
import dev.vedette.server.model.RefusedException;
import dev.vedette.server.security.AccessException;
import io.helidon.webserver.http.ServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a request ended that ended in an exception.
 *
 * @param place where in the request; null where it is not one place
 * @param headers to answer with
 */
record Failure(int status, String detail, @Nullable String place, Map<String, String> headers) {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  Failure(int status, String detail) {
    this(status, detail, null, Map.of());
  }

  static Failure of(RuntimeException e, ServerRequest request) {
    String detail = String.valueOf(e.getMessage());
    return switch (e) {
      case Problem problem -> problem.failure();
      case Retry retry -> retry.failure();
      case MethodNotAllowed other -> other.failure();
      case AccessException access -> of(access);
      case RefusedException refused -> of(refused);
      case RequestException wrong -> AzureErrors.failure(400, wrong.code().text(), detail);
      case MultivariateException wrong -> AzureErrors.failure(400, wrong.code(), detail);
      case AzureException azure -> AzureErrors.failure(azure.status(), azure.code(), detail);
      case PausedException paused -> new Failure(409, detail);
      case QueueFullException full -> {
        long seconds = Math.max(1, full.retryAfter().plusMillis(999).toSeconds());
        yield new Retry(429, detail, seconds).failure();
      }
      case UnavailableException away -> Retry.later(detail).failure();
      case StoreException store -> {
        LOG.error("The store failed a request", e);
        yield Retry.later("the store does not answer; the log of the server says why").failure();
      }
      default -> {
        String path = Texts.shown(request.prologue().uriPath().rawPath());
        LOG.error("{} {} failed", request.prologue().method().text(), path, e);
        yield new Failure(500, "the server failed; its log says why");
      }
    };
  }

  private static Failure of(AccessException e) {
    String detail = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNKNOWN -> new Failure(401, detail, null, Map.of("WWW-Authenticate", "Bearer"));
      case FORBIDDEN -> new Failure(403, detail);
      case TOO_MANY -> new Failure(429, detail, null, Map.of("Retry-After", "60"));
    };
  }

  private static Failure of(RefusedException e) {
    String detail = Texts.line(String.valueOf(e.getMessage()));
    return switch (e.reason()) {
      case INVALID -> new Failure(400, detail);
      case UNKNOWN -> new Failure(404, detail);
      case CONFLICT -> new Failure(409, detail);
      case TOO_LARGE -> new Failure(413, detail);
      case BUSY -> new Retry(429, detail, 1).failure();
      case TOO_SLOW -> new Failure(504, detail);
    };
  }

  /** As problem details (RFC 9457). */
  Reply problem() {
    byte[] body = Problem.body(status, detail, place);
    return new Reply(status, "application/problem+json", body, headers, null);
  }

  /** As the Open Inference Protocol has it. */
  Reply error() {
    String text = place == null ? detail : place + ": " + detail;
    byte[] body =
        Json.bytes(
            json -> {
              json.writeStartObject();
              Json.text(json, "error", text);
              json.writeEndObject();
            });
    return new Reply(status, "application/json", body, headers, null);
  }
}
