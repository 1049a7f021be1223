/**
 * Anomaly detection for the JVM: detectors are records of options, models are records of arrays.
 */
@NullMarked
package dev.vedette;

import org.jspecify.annotations.NullMarked;
