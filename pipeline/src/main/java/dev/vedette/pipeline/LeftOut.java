package dev.vedette.pipeline;

/**
 * A detector did not answer in time and has no say from an event on.
 *
 * @param detector its place in the pipeline file, from 0
 * @param from the number of the first event it has no say in
 * @param reason for a person
 */
public record LeftOut(int detector, long from, String reason) implements Control {}
