package dev.vedette.server.grpc;

import dev.vedette.server.intake.Budget;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.security.Keys;

/**
 * What decides whether a call is taken.
 *
 * @param openScoring whether models answer without a key
 */
public record Admission(Keys keys, Limits limits, Budget budget, boolean openScoring) {}
