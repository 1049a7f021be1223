/** How good a detector is on labelled rows, and how sure one can be of it. */
@NullMarked
package dev.vedette.evaluate;

import org.jspecify.annotations.NullMarked;
