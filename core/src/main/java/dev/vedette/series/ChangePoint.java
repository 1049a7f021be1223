package dev.vedette.series;

/**
 * A place from which on a series behaves in another way.
 *
 * @param index of the first value of the new behaviour
 * @param confidence that it is one, 0 to 1
 * @param before level of the values before, since the change before that; with {@link
 *     Pelt.Cost#SLOPE} their slope per point
 * @param after the same of the values from {@code index} to the next change
 */
public record ChangePoint(int index, double confidence, double before, double after) {}
