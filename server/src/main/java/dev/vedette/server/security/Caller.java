package dev.vedette.server.security;

/**
 * Who asks.
 *
 * @param who for the audit: "key" and its id, or "local"
 * @param role what it may do
 */
public record Caller(String who, Role role) {
  /** Someone on this machine, while there is no key at all. */
  static final Caller LOCAL = new Caller("local", Role.ADMIN);

  /**
   * Refuses what the role does not allow.
   *
   * @throws AccessException when it has not the right
   */
  public void require(Right right) {
    if (!role.has(right)) {
      throw new AccessException(
          AccessException.Reason.FORBIDDEN,
          "a key of role " + role.text() + " may not do this; use one of role " + Role.with(right));
    }
  }
}
