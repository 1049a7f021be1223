/** What was found, as one page a person can read, keep and pass on. */
@NullMarked
package dev.vedette.report;

import org.jspecify.annotations.NullMarked;
