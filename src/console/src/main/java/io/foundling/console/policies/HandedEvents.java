package io.foundling.console.policies;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroDeserializer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Gives a ledger the event that was handed to it, which is decoded once for both ledgers; only what the ledger itself
 * has written to audit.expectations is decoded here.
 */
final class HandedEvents implements Deserializer<AuditEvent> {

    private final String expectations;
    private final AvroDeserializer<AuditEvent> written;
    private AuditEvent event;

    HandedEvents(String expectations, AvroDeserializer<AuditEvent> written) {
        this.expectations = expectations;
        this.written = written;
    }

    void hand(AuditEvent next) {
        event = next;
    }

    @Override
    public AuditEvent deserialize(String topic, Headers headers, byte[] data) {
        return deserialize(topic, data);
    }

    @Override
    public AuditEvent deserialize(String topic, byte[] data) {
        return topic.equals(expectations) ? written.deserialize(topic, data) : event;
    }
}
