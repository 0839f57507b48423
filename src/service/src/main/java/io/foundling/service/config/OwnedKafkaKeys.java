package io.foundling.service.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kafka's keys that Foundling sets itself because its promises depend on them, each with the setting to use instead.
 */
final class OwnedKafkaKeys {

    private static final String FIXED = "is fixed, remove it";

    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("application.id", "use application"),
            Map.entry("group.id", "use application"),
            Map.entry("group.instance.id", "use instance"),
            Map.entry("state.dir", "use stateDirectory"),
            Map.entry("num.stream.threads", "use threads"),
            Map.entry("replication.factor", "use replicationFactor"),
            Map.entry("rocksdb.config.setter", "use rocksdb.memory"),
            Map.entry("processing.guarantee", "it is always exactly_once_v2, remove it"),
            Map.entry("group.protocol", "it is always classic, remove it"),
            Map.entry("isolation.level", "it is always read_committed, remove it"),
            Map.entry("auto.offset.reset", "every event is read from the earliest on, remove it"),
            Map.entry("ensure.explicit.internal.resource.naming", FIXED),
            Map.entry("enable.transactional.statestores", "stores are not transactional, remove it"),
            Map.entry("transactional.id", FIXED),
            Map.entry("enable.idempotence", FIXED),
            Map.entry("enable.auto.commit", FIXED),
            Map.entry("key.serializer", FIXED),
            Map.entry("value.serializer", FIXED),
            Map.entry("key.deserializer", FIXED),
            Map.entry("value.deserializer", FIXED),
            Map.entry("default.key.serde", FIXED),
            Map.entry("default.value.serde", FIXED),
            Map.entry("default.timestamp.extractor", FIXED),
            Map.entry("deserialization.exception.handler", FIXED),
            Map.entry("default.deserialization.exception.handler", FIXED),
            Map.entry("processing.exception.handler", FIXED),
            Map.entry("production.exception.handler", FIXED),
            Map.entry("default.production.exception.handler", FIXED),
            Map.entry("schema.registry.url", "use avro.schema.registry.url"));

    /** Longest first. Kafka Streams hands a key with such a prefix to one kind of client. */
    private static final List<String> PREFIXES = List.of(
            "main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin.", "topic.");

    private OwnedKafkaKeys() {}

    /** Returns what to do instead of setting a key, or nothing if it may be set. */
    static Optional<String> advice(String key) {
        String plain = PREFIXES.stream()
                .filter(key::startsWith)
                .findFirst()
                .map(prefix -> key.substring(prefix.length()))
                .orElse(key);
        return Optional.ofNullable(OWNED.get(plain));
    }
}
