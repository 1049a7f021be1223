/**
 * Models that answer requests: which there are, how they are replaced while they answer, and what
 * they are asked and say, whatever the protocol.
 */
@NullMarked
package dev.vedette.server.model;

import org.jspecify.annotations.NullMarked;
