package dev.vedette.pipeline;

/**
 * Something other than an event that changes what a {@link Partition} does. It is logged in its
 * place between the events, so that a replay of the log reproduces every decision.
 */
public sealed interface Control permits Label, LeftOut {}
