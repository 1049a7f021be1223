/**
 * A service that answers like Azure AI Anomaly Detector, beside its routes: how it is set up, where
 * its data come from, and the life of its multivariate models.
 */
@NullMarked
package dev.vedette.server.azure;

import org.jspecify.annotations.NullMarked;
