/** The contracts that hold for every detector, as tests to extend. */
@NullMarked
package dev.vedette.testkit;

import org.jspecify.annotations.NullMarked;
