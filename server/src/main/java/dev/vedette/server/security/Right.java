package dev.vedette.server.security;

/** Something a {@link Role} may allow. */
public enum Right {
  /** To send events. */
  SEND,
  /** To have rows scored by models. */
  SCORE,
  /** To see how pipelines are doing. */
  STATUS,
  /** To read decisions, alerts and models, and to label events. */
  READ,
  /** To change pipelines, models and keys, and to read the audit. */
  ADMINISTER
}
