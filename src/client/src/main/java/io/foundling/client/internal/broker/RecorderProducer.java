package io.foundling.client.internal.broker;

import io.foundling.audit.AuditEvent;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's producer, which reports the id of its cluster to serializers only. */
final class RecorderProducer extends KafkaProducer<String, AuditEvent> implements ClusterNamed {

    private final Keys keys;

    RecorderProducer(Map<String, Object> config, Serializer<AuditEvent> values) {
        this(config, new Keys(), values);
    }

    private RecorderProducer(Map<String, Object> config, Keys keys, Serializer<AuditEvent> values) {
        super(config, keys, values);
        this.keys = keys;
    }

    @Override
    public Optional<String> cluster() {
        return Optional.ofNullable(keys.cluster);
    }

    private static final class Keys extends StringSerializer implements ClusterResourceListener {

        private volatile String cluster;

        @Override
        public void onUpdate(ClusterResource resource) {
            if (resource.clusterId() != null) {
                cluster = resource.clusterId();
            }
        }
    }
}
