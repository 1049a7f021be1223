/**
 * A stream described in one file and run by a deterministic machine: {@link
 * dev.vedette.pipeline.Pipeline} is what the file says, {@link dev.vedette.pipeline.Partition} is
 * all state. No I/O, no threads, no clock: runtimes move events in, and decisions and alerts out.
 */
@NullMarked
package dev.vedette.pipeline;

import org.jspecify.annotations.NullMarked;
