package io.foundling.topology;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.topology.alert.AlertsProcessorSupplier;
import io.foundling.topology.clock.AuditClockSource;
import io.foundling.topology.ledger.LedgerProcessorSupplier;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.parent.EveryPartition;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.RecordedTimestamp;
import io.foundling.topology.task.ThreadTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * Assembles the topology: the ledger, partitioned like the sources, and the alerts, partitioned by group. Sources are
 * read as bytes and decoded in the processor, so that every record, readable or not, counts as processed for the audit
 * clock.
 */
public final class FoundlingTopology {

    private FoundlingTopology() {}

    /**
     * Returns the topology.
     *
     * @param policies those in force: tasks take over another set, once it returns one, at the beginning of a turn
     * @param deserializers gives each task its own; its {@code SerializationException} blames the message
     * @param serializers gives each task its own
     * @param stores makes the stores of a name; they must be persistent
     * @param nanoTime monotonic time, by which tasks let each other go on
     * @param restoring says which damage is answered with a restore
     */
    public static Topology of(
            LedgerSettings settings,
            Supplier<PolicySet> policies,
            AuditClockSource clocks,
            LedgerListener listener,
            Supplier<Deserializer<AuditEvent>> deserializers,
            Supplier<Deserializer<Closure>> closureDeserializers,
            Supplier<Serializer<SpecificRecord>> serializers,
            Function<String, KeyValueBytesStoreSupplier> stores,
            LongSupplier nanoTime,
            Restoring restoring) {
        ThreadTime time = new ThreadTime(nanoTime);
        return of(
                settings,
                new LedgerProcessorSupplier(
                        settings,
                        policies,
                        clocks,
                        listener,
                        deserializers,
                        closureDeserializers,
                        serializers,
                        stores.apply(Nodes.LEDGER_STORE),
                        time,
                        restoring),
                new AlertsProcessorSupplier(
                        settings, policies, listener, serializers, stores.apply(Nodes.ALERTS_STORE), time, restoring));
    }

    /** Returns the topology around given processors. */
    public static Topology of(
            LedgerSettings settings,
            ProcessorSupplier<byte[], byte[], byte[], byte[]> ledger,
            ProcessorSupplier<byte[], byte[], byte[], byte[]> alerts) {
        // The DSL, as only it makes a repartition topic.
        StreamsBuilder builder = new StreamsBuilder();
        TopicPrefix prefix = settings.topics().prefix();
        List<String> sources = new ArrayList<>(settings.topics().sources());
        sources.add(prefix.name(TopicNames.EXPECTATIONS));
        KStream<byte[], byte[]> events = builder.stream(sources, consumedAs(Nodes.EVENTS));
        KStream<byte[], byte[]> closures =
                builder.stream(prefix.name(TopicNames.CLOSURES), consumedAs(Nodes.CLOSURES_READ));
        events.merge(closures, Named.as(Nodes.READ))
                .process(ledger, Named.as(Nodes.LEDGER))
                .repartition(Repartitioned.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withName(Nodes.ACCOUNTS))
                .process(alerts, Named.as(Nodes.ALERTS));
        Topology topology = builder.build();
        addSink(topology, Nodes.DISPOSITIONS, prefix.name(TopicNames.DISPOSITIONS), Nodes.LEDGER);
        addSink(topology, Nodes.ORPHANS, prefix.name(TopicNames.ORPHANS), Nodes.LEDGER);
        addSink(topology, Nodes.VIOLATIONS, prefix.name(TopicNames.VIOLATIONS), Nodes.LEDGER);
        addSink(topology, Nodes.DEAD_LETTERS, prefix.name(TopicNames.DEAD_LETTERS), Nodes.LEDGER);
        addSink(topology, Nodes.CLOCKS, prefix.name(TopicNames.CLOCKS), Nodes.LEDGER);
        addSink(topology, Nodes.RECONCILIATIONS, prefix.name(TopicNames.RECONCILIATIONS), Nodes.LEDGER);
        addSink(topology, Nodes.EXPECTATIONS, prefix.name(TopicNames.EXPECTATIONS), Nodes.LEDGER);
        addSink(topology, Nodes.PARENT_NOTES, prefix.name(TopicNames.CLOSURES), Nodes.LEDGER);
        topology.addSink(
                Nodes.CLOSURES,
                prefix.name(TopicNames.CLOSURES),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                new EveryPartition(),
                Nodes.LEDGER);
        addSink(topology, Nodes.SETTLEMENTS, prefix.name(TopicNames.SETTLEMENTS), Nodes.ALERTS);
        addSink(topology, Nodes.ALERTS_SENT, prefix.name(TopicNames.ALERTS), Nodes.ALERTS);
        return topology;
    }

    private static Consumed<byte[], byte[]> consumedAs(String name) {
        return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new RecordedTimestamp())
                .withOffsetResetPolicy(AutoOffsetReset.earliest())
                .withName(name);
    }

    private static void addSink(Topology topology, String name, String topic, String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }
}
