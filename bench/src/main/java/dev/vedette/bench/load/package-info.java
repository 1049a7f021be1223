/**
 * The server under load, under {@code kill -9}, and for hours; nothing here is part of the library.
 */
@NullMarked
package dev.vedette.bench.load;

import org.jspecify.annotations.NullMarked;
