@NullMarked
package dev.vedette.pipeline.feature;

import org.jspecify.annotations.NullMarked;
