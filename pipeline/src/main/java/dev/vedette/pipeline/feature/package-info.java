/**
 * What is computed from events: per-key windows, rates, rarities and parts of time, declared in the
 * pipeline file.
 */
@NullMarked
package dev.vedette.pipeline.feature;

import org.jspecify.annotations.NullMarked;
