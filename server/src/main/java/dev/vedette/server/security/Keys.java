package dev.vedette.server.security;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.ApiKey;
import dev.vedette.connect.store.Store.Audit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of a server. A key reads {@code vdt_<id>_<secret>}; the secret has 256 random bits,
 * so that its plain SHA-256 is all that needs to be kept. Thread-safe.
 */
public final class Keys {
  private static final Pattern FORM = Pattern.compile("vdt_([0-9a-f]{12})_([0-9a-f]{64})");

  /** How long another process that shares the store may have to wait until its change counts. */
  private static final long STALE_AFTER = 2_000;

  /** A key just made: the only time its {@code secret} is known. */
  public record Created(ApiKey key, String secret) {}

  private record Known(Map<String, ApiKey> keys, long read) {}

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Attempts attempts = new Attempts();
  private final boolean local;
  private volatile @Nullable Known known;

  /** The keys in {@code store}; while there is none, whoever asks is admin. */
  public Keys(Store store, InstantSource clock) {
    this(store, clock, true);
  }

  /**
   * The keys in {@code store}.
   *
   * @param local whether whoever asks is admin while there is no key; otherwise nobody is
   */
  public Keys(Store store, InstantSource clock, boolean local) {
    this.store = store;
    this.clock = clock;
    this.local = local;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return known().keys.isEmpty();
  }

  /** All keys, by id. */
  public List<ApiKey> all() {
    return List.copyOf(store.keys());
  }

  /**
   * Makes a key and keeps its hash.
   *
   * @param by who does so, for the audit
   * @throws IllegalStateException when the first key is not one of an admin
   */
  public synchronized Created create(Role role, String note, String by) {
    if (role != Role.ADMIN && store.keys().isEmpty()) {
      throw new IllegalStateException(
          "the first key must be one of role admin; with another nobody could administer");
    }
    String id = hex(6);
    String secret = hex(32);
    var key = new ApiKey(id, hash(secret), role.text(), note, clock.millis());
    store.save(key);
    store.audit(new Audit(clock.millis(), by, "key.create", id, "role " + role.text()));
    known = null;
    return new Created(key, "vdt_" + id + "_" + secret);
  }

  /**
   * Forgets the key of {@code id}.
   *
   * @param by who does so, for the audit
   * @return whether there was one
   * @throws IllegalStateException when it is the last one of an admin
   */
  public synchronized boolean delete(String id, String by) {
    List<ApiKey> all = store.keys();
    if (all.stream().noneMatch(key -> key.id().equals(id))) {
      return false;
    }
    String admin = Role.ADMIN.text();
    if (all.stream().noneMatch(key -> key.role().equals(admin) && !key.id().equals(id))) {
      throw new IllegalStateException(
          "key " + id + " is the last one of role admin; create another one first");
    }
    store.deleteKey(id);
    store.audit(new Audit(clock.millis(), by, "key.delete", id, ""));
    known = null;
    return true;
  }

  /**
   * Who holds {@code key}.
   *
   * @param key as it was sent; null when none was
   * @param address where it came from
   * @throws AccessException when it is not known and there are keys
   */
  public Caller caller(@Nullable String key, String address) {
    Map<String, ApiKey> keys = known().keys;
    if (keys.isEmpty() && local) {
      return Caller.LOCAL;
    }
    if (key == null) {
      throw new AccessException(
          AccessException.Reason.UNKNOWN,
          "a key is needed; send it as 'Authorization: Bearer vdt_...' or 'X-Api-Key: vdt_...'");
    }
    Matcher parts = FORM.matcher(key);
    ApiKey found = parts.matches() ? keys.get(parts.group(1)) : null;
    if (found == null || !same(found.hash(), hash(parts.group(2)))) {
      if (attempts.tooMany(address, clock.millis())) {
        throw new AccessException(
            AccessException.Reason.TOO_MANY, "too many wrong keys from here; wait a minute");
      }
      throw new AccessException(
          AccessException.Reason.UNKNOWN, "the key is not known; ask an admin for one");
    }
    return holder(found);
  }

  private static Caller holder(ApiKey key) {
    return new Caller("key " + key.id(), Role.of(key.role()));
  }

  /**
   * Whether {@code caller}, who was known once, still is: keys are deleted, and first ones made.
   */
  public boolean isKnown(Caller caller) {
    Map<String, ApiKey> keys = known().keys;
    return (keys.isEmpty() && local)
        ? caller.equals(Caller.LOCAL)
        : keys.values().stream().anyMatch(key -> holder(key).equals(caller));
  }

  private Known known() {
    Known now = known;
    if (now == null || clock.millis() - now.read >= STALE_AFTER) {
      var keys = new ConcurrentHashMap<String, ApiKey>();
      long read = clock.millis();
      store.keys().forEach(key -> keys.put(key.id(), key));
      now = new Known(keys, read);
      known = now;
    }
    return now;
  }

  private String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  private static String hash(String secret) {
    try {
      byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares in a time that does not tell how much was right. */
  private static boolean same(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.US_ASCII), right.getBytes(StandardCharsets.US_ASCII));
  }
}
