package io.foundling.intake.api;

import io.foundling.audit.Producer;

/**
 * What one request may have.
 *
 * @param mostEvents of a request
 * @param mostBytes of a request, without compression
 * @param producer of events that name none; its service is replaced by the name of the caller
 */
public record EventSettings(int mostEvents, long mostBytes, Producer producer) {}
