/**
 * Detectors made of small neural networks, trained on the CPU by Vedette's own kernels.
 *
 * <p>What is trained is mutable and lives for the time of a {@code fit}: {@code Layer}s over
 * mini-batches kept feature by feature (features × samples), so that the inner loops run over
 * samples. What comes out is an immutable {@code Net}, which scores row by row.
 */
@NullMarked
package dev.vedette.neural;

import org.jspecify.annotations.NullMarked;
