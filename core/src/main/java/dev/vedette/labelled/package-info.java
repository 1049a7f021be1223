/** Detectors that learn from labels, on what unsupervised detectors say. */
@NullMarked
package dev.vedette.labelled;

import org.jspecify.annotations.NullMarked;
