package io.foundling.console.delivery.silence;

import java.time.Instant;

/**
 * A silence that somebody has made in Alertmanager, or an acknowledgement, which is one there.
 *
 * @param createdBy who made it, as that person has written it
 * @param comment why
 */
public record Silence(String id, String createdBy, String comment, Instant startsAt, Instant endsAt) {}
