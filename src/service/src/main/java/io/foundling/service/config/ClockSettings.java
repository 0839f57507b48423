package io.foundling.service.config;

import java.time.Duration;

/**
 * How far clocks may differ, and how often the audit clocks get a proof.
 *
 * @param maxSkew how far an event may claim to have happened after its append
 */
public record ClockSettings(Duration allowedLag, Duration proofInterval, Duration maxSkew) {}
