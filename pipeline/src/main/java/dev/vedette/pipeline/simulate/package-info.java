/** Streams made by seed, with known truth: card payments with fraud of several kinds. */
@NullMarked
package dev.vedette.pipeline.simulate;

import org.jspecify.annotations.NullMarked;
