/** The command line: {@code vedette detect fit score evaluate explain detectors sample}. */
@NullMarked
package dev.vedette.cli;

import org.jspecify.annotations.NullMarked;
