/** Pipelines behind REST, gRPC and a dashboard. */
@NullMarked
package dev.vedette.server;

import org.jspecify.annotations.NullMarked;
