/**
 * Detectors that learn online: row by row, in bounded memory, forgetting what is long past, each
 * from its paper or explained where it stands.
 */
@NullMarked
package dev.vedette.online;

import org.jspecify.annotations.NullMarked;
