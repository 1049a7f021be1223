/** From flagged events to alerts: grouping, cool-down, flapping, maintenance, least deviation. */
@NullMarked
package dev.vedette.pipeline.alert;

import org.jspecify.annotations.NullMarked;
