/**
 * The univariate engine of a service that answers like Azure AI Anomaly Detector v1.1: requests in,
 * expected values, margins and flags out; no JSON and no HTTP.
 *
 * <p>Everything is computed from one request, nothing is kept. Requests are checked in full at the
 * door, and what is wrong with one is said in the code and the words of that service.
 */
@NullMarked
package dev.vedette.azure;

import org.jspecify.annotations.NullMarked;
