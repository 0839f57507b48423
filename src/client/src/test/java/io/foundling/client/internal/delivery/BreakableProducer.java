package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own mock. Its close fails the events under way; a test can act before that. */
final class BreakableProducer extends MockProducer<String, AuditEvent> {

    volatile Runnable whileClosing = () -> {};
    volatile boolean answersNothing;

    BreakableProducer() {
        super(false, null, new StringSerializer(), new AvroSerializer<>(new InMemoryRegistryClient()));
    }

    List<String> sentIds() {
        return history().stream()
                .map(record -> record.value().getSubject().getId())
                .toList();
    }

    @Override
    public void close(Duration timeout) {
        super.close(timeout);
        whileClosing.run();
        while (!answersNothing && errorNext(new KafkaException("Producer is closed forcefully."))) {
            // all that is under way
        }
    }
}
