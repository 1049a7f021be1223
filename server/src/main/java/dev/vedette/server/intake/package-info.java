/** What may come in: the limits that hold for every door. */
@NullMarked
package dev.vedette.server.intake;

import org.jspecify.annotations.NullMarked;
