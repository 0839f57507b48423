package io.foundling.console.policies;

import io.foundling.audit.AuditEvent;

/**
 * One event of the source topics.
 *
 * @param appendedAtMs when it was appended to its topic
 * @param key the key of its record, as bytes
 */
public record RecordedEvent(
        String topic, int partition, long offset, long appendedAtMs, byte[] key, AuditEvent event) {}
