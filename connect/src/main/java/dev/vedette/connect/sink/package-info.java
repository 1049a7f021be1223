/** Where alerts go: log, file, webhook, e-mail, Alertmanager. */
@NullMarked
package dev.vedette.connect.sink;

import org.jspecify.annotations.NullMarked;
