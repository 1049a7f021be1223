package dev.vedette.server.azure;

/**
 * Why a training or a batch detection failed.
 *
 * @param code for programs
 * @param message for people
 */
public record Fault(String code, String message) {}
