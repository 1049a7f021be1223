package dev.vedette.pipeline;

/**
 * A detector failed or did not answer in time and has no say from here on.
 *
 * @param detector its text in the pipeline file
 * @param reason for a person
 */
public record LeftOut(String detector, String reason) implements Control {}
