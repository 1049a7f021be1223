/** From scores to decisions: calibration on one scale and thresholds that keep a promise. */
@NullMarked
package dev.vedette.threshold;

import org.jspecify.annotations.NullMarked;
