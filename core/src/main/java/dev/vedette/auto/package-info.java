/** The choice of a detector for a table, from how well each did on public sets. */
@NullMarked
package dev.vedette.auto;

import org.jspecify.annotations.NullMarked;
