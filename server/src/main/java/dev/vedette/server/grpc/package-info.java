/** The gRPC interface. */
@NullMarked
package dev.vedette.server.grpc;

import org.jspecify.annotations.NullMarked;
