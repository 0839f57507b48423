package io.foundling.console.delivery.http;

import java.util.Optional;

/**
 * What was asked for.
 *
 * @param answer for people: its text has the beginning of the body only
 * @param body all of it; none unless the status is 200
 */
public record Fetched(Answer answer, Optional<byte[]> body) {}
