/** Speed and accuracy, measured; nothing here is part of the library. */
@NullMarked
package dev.vedette.bench;

import org.jspecify.annotations.NullMarked;
