/** Tables and matrices: reading, type inference, splitting and encoding. */
@NullMarked
package dev.vedette.data;

import org.jspecify.annotations.NullMarked;
