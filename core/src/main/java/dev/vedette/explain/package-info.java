/** Why a row is anomalous: which columns, in which direction, and what would have been normal. */
@NullMarked
package dev.vedette.explain;

import org.jspecify.annotations.NullMarked;
