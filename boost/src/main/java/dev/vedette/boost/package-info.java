/** Boosted trees, grown by LightGBM. */
@NullMarked
package dev.vedette.boost;

import org.jspecify.annotations.NullMarked;
