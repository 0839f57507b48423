package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.RegistryClient;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer whose broker never answers. */
final class UnflushableProducer extends MockProducer<String, AuditEvent> {

    UnflushableProducer(RegistryClient registry) {
        super(false, null, new StringSerializer(), new AvroSerializer<>(registry));
    }

    @Override
    public void flush() {
        // nothing arrives
    }
}
