/** Pipelines that run: queues, workers, group commit, recovery, delivery of alerts. */
@NullMarked
package dev.vedette.server.live;

import org.jspecify.annotations.NullMarked;
