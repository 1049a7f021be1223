/** Events from files. */
@NullMarked
package dev.vedette.connect.file;

import org.jspecify.annotations.NullMarked;
