/** How events get from any door into a pipeline, and how long that takes. */
@NullMarked
package dev.vedette.server.intake;

import org.jspecify.annotations.NullMarked;
