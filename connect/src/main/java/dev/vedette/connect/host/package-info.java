/** The metrics of the machine this runs on, as events. */
@NullMarked
package dev.vedette.connect.host;

import org.jspecify.annotations.NullMarked;
