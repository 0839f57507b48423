package io.foundling.service.policies;

import io.foundling.audit.AuditEvent;
import io.foundling.console.policies.TopicTrail;
import io.foundling.console.policies.TrailNotReadException;
import io.foundling.console.topics.GrouplessConsumer;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Opens the trail that trials read: all source topics of a configuration, by a consumer in no group. */
public final class SourceTrail {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SourceTrail() {}

    /**
     * Opens it.
     *
     * @param avro settings of the deserializer
     * @throws TrailNotReadException if a topic is missing, or has other partitions than the others
     * @throws io.foundling.service.topics.BrokerUnavailableException if no broker answers
     */
    public static TopicTrail open(ServiceConfig config, Map<String, Object> avro) {
        Set<TopicPartition> partitions = partitions(config);
        return new TopicTrail(
                GrouplessConsumer.open(config.kafka().values(), Map.of()),
                partitions,
                AvroSerdes.deserializer(avro, AuditEvent.class),
                PATIENCE);
    }

    private static Set<TopicPartition> partitions(ServiceConfig config) {
        Map<String, Integer> counts = new TreeMap<>();
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            for (String topic : config.sources()) {
                counts.put(
                        topic,
                        broker.partitions(topic)
                                .orElseThrow(() -> new TrailNotReadException(TopicCheck.missing(topic))));
            }
        }
        if (Set.copyOf(counts.values()).size() > 1) {
            throw new TrailNotReadException(
                    "the sources have different numbers of partitions, expected the same of all: " + counts);
        }
        Set<TopicPartition> partitions = new HashSet<>();
        counts.forEach((topic, count) -> {
            for (int partition = 0; partition < count; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        });
        return partitions;
    }
}
