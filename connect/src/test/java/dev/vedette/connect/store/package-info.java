@NullMarked
package dev.vedette.connect.store;

import org.jspecify.annotations.NullMarked;
