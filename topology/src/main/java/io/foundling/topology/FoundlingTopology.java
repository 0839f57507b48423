package io.foundling.topology;

import io.foundling.audit.AuditEvent;
import io.foundling.topology.clock.AuditClockSource;
import io.foundling.topology.ledger.LedgerListener;
import io.foundling.topology.ledger.LedgerProcessorSupplier;
import io.foundling.topology.ledger.Nodes;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * Assembles the topology. Sources are read as bytes and decoded in the processor, so that every record, readable or not,
 * counts as processed for the audit clock.
 */
public final class FoundlingTopology {

    private FoundlingTopology() {}

    /**
     * Returns the topology.
     *
     * @param deserializers gives each task its own; its {@code SerializationException} blames the message
     * @param serializers gives each task its own
     */
    public static Topology of(
            LedgerSettings settings,
            AuditClockSource clocks,
            LedgerListener listener,
            Supplier<Deserializer<AuditEvent>> deserializers,
            Supplier<Serializer<SpecificRecord>> serializers) {
        KeyValueBytesStoreSupplier store = Stores.persistentKeyValueStore(Nodes.LEDGER_STORE);
        return of(settings, clocks, listener, deserializers, serializers, store);
    }

    /** The same over another store, which must be named {@link Nodes#LEDGER_STORE}. */
    public static Topology of(
            LedgerSettings settings,
            AuditClockSource clocks,
            LedgerListener listener,
            Supplier<Deserializer<AuditEvent>> deserializers,
            Supplier<Serializer<SpecificRecord>> serializers,
            KeyValueBytesStoreSupplier store) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                Nodes.EVENTS,
                new RecordedTimestamp(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                settings.sources().toArray(String[]::new));
        topology.addProcessor(
                Nodes.LEDGER,
                new LedgerProcessorSupplier(settings, clocks, listener, deserializers, serializers, store),
                Nodes.EVENTS);
        addSink(topology, Nodes.DISPOSITIONS, TopicNames.DISPOSITIONS);
        addSink(topology, Nodes.ORPHANS, TopicNames.ORPHANS);
        addSink(topology, Nodes.VIOLATIONS, TopicNames.VIOLATIONS);
        addSink(topology, Nodes.DEAD_LETTERS, TopicNames.DEAD_LETTERS);
        return topology;
    }

    private static void addSink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), Nodes.LEDGER);
    }
}
