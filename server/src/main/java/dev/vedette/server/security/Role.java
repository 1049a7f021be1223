package dev.vedette.server.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the holder of a key may do. */
public enum Role {
  INGEST(Right.SEND, Right.SCORE, Right.STATUS),
  ANALYST(Right.STATUS, Right.READ),
  ADMIN(Right.values());

  /** Made by {@code List.of}. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Right> rights;

  Role(Right... rights) {
    this.rights = List.of(rights);
  }

  public boolean has(Right right) {
    return rights.contains(right);
  }

  /** As it is written in requests and in the store. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role written as {@code text}.
   *
   * @throws IllegalArgumentException naming the roles there are
   */
  public static Role of(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no such role; write " + texts(values()));
  }

  /** The roles that have {@code right}, in words. */
  static String with(Right right) {
    return texts(Arrays.stream(values()).filter(role -> role.has(right)).toArray(Role[]::new));
  }

  private static String texts(Role... roles) {
    return Arrays.stream(roles).map(Role::text).collect(Collectors.joining(" or "));
  }
}
