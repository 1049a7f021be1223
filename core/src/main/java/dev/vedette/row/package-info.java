/**
 * Detectors of anomalous rows, each from its paper, each scoring new rows against the fitted model
 * only.
 */
@NullMarked
package dev.vedette.row;

import org.jspecify.annotations.NullMarked;
