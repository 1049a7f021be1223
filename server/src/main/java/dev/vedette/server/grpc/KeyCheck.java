package dev.vedette.server.grpc;

import dev.vedette.connect.store.StoreException;
import dev.vedette.server.grpc.inference.GRPCInferenceServiceGrpc;
import dev.vedette.server.security.AccessException;
import dev.vedette.server.security.Caller;
import dev.vedette.server.security.Keys;
import dev.vedette.server.security.Right;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets calls through that carry a key of the right role; asking for health needs none. */
final class KeyCheck implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCheck.class);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

  /** Who calls, within a call that needs a key. */
  static final Context.Key<Caller> CALLER = Context.key("caller");

  private static final String INFERENCE = GRPCInferenceServiceGrpc.SERVICE_NAME;
  private static final Set<String> OPEN_CALLS = Set.of("ServerLive", "ServerReady");

  private final Keys keys;
  private final boolean openScoring;

  /**
   * @param openScoring whether models answer without a key
   */
  KeyCheck(Keys keys, boolean openScoring) {
    this.keys = keys;
    this.openScoring = openScoring;
  }

  private boolean open(String service, String method) {
    return service.equals(HealthGrpc.SERVICE_NAME)
        || (service.equals(INFERENCE) && (openScoring || OPEN_CALLS.contains(method)));
  }

  private static Right right(String service) {
    return switch (service) {
      case "vedette.v1.Vedette" -> Right.SEND;
      case INFERENCE -> Right.SCORE;
      default -> Right.STATUS;
    };
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    String service = String.valueOf(call.getMethodDescriptor().getServiceName());
    try {
      if (!open(service, String.valueOf(call.getMethodDescriptor().getBareMethodName()))) {
        Caller caller = keys.caller(key(headers), address(call));
        caller.require(right(service));
        Context known = Context.current().withValue(CALLER, caller);
        return Contexts.interceptCall(known, call, headers, next);
      }
      return next.startCall(call, headers);
    } catch (AccessException e) {
      call.close(status(e).withDescription(e.getMessage()), new Metadata());
      return new ServerCall.Listener<>() {};
    } catch (StoreException e) {
      LOG.error("The keys cannot be read", e);
      String detail = "the store does not answer; the log of the server says why";
      call.close(Status.UNAVAILABLE.withDescription(detail), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  private static @Nullable String key(Metadata headers) {
    String bearer = headers.get(AUTHORIZATION);
    if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return bearer.substring(7).strip();
    }
    return headers.get(API_KEY);
  }

  private static String address(ServerCall<?, ?> call) {
    Object peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return peer instanceof InetSocketAddress inet ? inet.getHostString() : "";
  }

  private static Status status(AccessException e) {
    return switch (e.reason()) {
      case UNKNOWN -> Status.UNAUTHENTICATED;
      case FORBIDDEN -> Status.PERMISSION_DENIED;
      case TOO_MANY -> Status.RESOURCE_EXHAUSTED;
    };
  }
}
