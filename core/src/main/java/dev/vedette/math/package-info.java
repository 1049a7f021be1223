/** Kernels and exact neighbour search: the arithmetic under the detectors. */
@NullMarked
package dev.vedette.math;

import org.jspecify.annotations.NullMarked;
