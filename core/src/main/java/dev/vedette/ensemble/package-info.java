/** Several detectors as one: how their scores are fused. */
@NullMarked
package dev.vedette.ensemble;

import org.jspecify.annotations.NullMarked;
