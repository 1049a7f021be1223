package dev.vedette.server.grpc;

import dev.vedette.server.intake.Budget;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.security.Keys;

/** What decides whether a call is taken. */
public record Admission(Keys keys, Limits limits, Budget budget) {}
