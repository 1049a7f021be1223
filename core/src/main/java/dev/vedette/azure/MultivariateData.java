package dev.vedette.azure;

import dev.vedette.data.Series;
import java.util.List;

/**
 * Aligned variables: complete, at common times.
 *
 * @param series the points asked for and those kept before them
 * @param first the number of the first point asked for; those before it are history
 * @param states one per variable, of the points asked for
 */
public record MultivariateData(Series series, int first, List<MultivariateState> states) {}
