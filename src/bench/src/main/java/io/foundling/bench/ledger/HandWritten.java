package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * A Streams job as a careful team writes it: the state of each subject in a store, its deadline in an index in another
 * one, both in RocksDB with changelogs, and a look at the index each second.
 */
final class HandWritten {

    private HandWritten() {}

    public static void main(String[] args) {
        Place place = Place.parse(args);
        Map<String, Object> registry = Map.of(AvroConfig.REGISTRY_URL, place.registryUrl());
        Topology topology = new Topology()
                .addSource(
                        "events",
                        Serdes.String().deserializer(),
                        AvroSerdes.deserializer(registry, AuditEvent.class),
                        SourceTopic.NAME)
                .addProcessor(
                        "fold",
                        () -> new HandWrittenProcessor(
                                AvroSerdes.serializer(registry, false),
                                AvroSerdes.deserializer(registry, Disposition.class),
                                place.output()),
                        "events")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(HandWrittenProcessor.STATES),
                                Serdes.String(),
                                Serdes.ByteArray()),
                        "fold")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(HandWrittenProcessor.DEADLINES),
                                Serdes.ByteArray(),
                                Serdes.ByteArray()),
                        "fold")
                .addSink(
                        "output",
                        place.output(),
                        Serdes.String().serializer(),
                        Serdes.ByteArray().serializer(),
                        "fold");
        StreamsSettings.run(
                topology,
                place,
                Integer.parseInt(args[Place.ARGUMENTS]),
                Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class));
    }
}
