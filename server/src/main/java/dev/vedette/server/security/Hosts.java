package dev.vedette.server.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a server may be asked. One that listens on loopback only answers to loopback
 * names, so that no page of the web reaches it by a name that suddenly means this machine (DNS
 * rebinding). No server answers to pages of other origins.
 */
public final class Hosts {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String bound;
  private final boolean loopback;

  public Hosts(String bound) {
    this.bound = bound.toLowerCase(Locale.ROOT);
    this.loopback = loopback(bound);
  }

  /** Whether {@code host} names this machine only. */
  public static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "host " + host + " is not known; write one of this machine", e);
    }
  }

  /**
   * Whether a request that names {@code host} (with or without a port) is meant for this server.
   */
  public boolean allows(@Nullable String host) {
    if (!loopback) {
      return true;
    }
    String name = host == null ? "" : withoutPort(host).toLowerCase(Locale.ROOT);
    return LOCAL.contains(name) || name.equals(bound);
  }

  /** Whether a request for {@code host} was made by a page of this server, or by no page at all. */
  public static boolean sameOrigin(@Nullable String origin, @Nullable String host) {
    if (origin == null) {
      return true;
    }
    int scheme = origin.indexOf("://");
    return scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
