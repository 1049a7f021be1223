/** Where events, decisions, alerts, labels and state are kept: SQLite or PostgreSQL. */
@NullMarked
package dev.vedette.connect.store;

import org.jspecify.annotations.NullMarked;
