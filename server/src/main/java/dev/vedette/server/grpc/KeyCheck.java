package dev.vedette.server.grpc;

import dev.vedette.connect.store.StoreException;
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

  private final Keys keys;

  KeyCheck(Keys keys) {
    this.keys = keys;
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    String service = String.valueOf(call.getMethodDescriptor().getServiceName());
    try {
      if (!service.equals(HealthGrpc.SERVICE_NAME)) {
        Caller caller = keys.caller(key(headers), address(call));
        caller.require(service.equals("vedette.v1.Vedette") ? Right.SEND : Right.STATUS);
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
