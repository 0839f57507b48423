package io.foundling.service.bridge;

import io.foundling.service.config.BridgeSettings;
import io.foundling.topology.task.RecordedTimestamp;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Assembles the topology of one bridge: its input, one processor, the source topic of the ledger, and the dead letters. It
 * has no state and no internal topics. Records are read as bytes and decoded in the processor, so that a record that
 * cannot be read stops nothing.
 */
final class BridgeTopology {

    static final String RECORDS = "records";
    static final String BRIDGE = "bridge";
    static final String EVENTS = "events";
    static final String DEAD_LETTERS = "dead-letters";

    private BridgeTopology() {}

    /** @param deadLetters name of their topic */
    static Topology of(
            BridgeSettings settings, String deadLetters, ProcessorSupplier<byte[], byte[], byte[], byte[]> processors) {
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        RECORDS,
                        new RecordedTimestamp(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        settings.input())
                .addProcessor(BRIDGE, processors, RECORDS)
                .addSink(
                        EVENTS,
                        settings.output(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        new PartitionOfSubject(),
                        BRIDGE)
                .addSink(DEAD_LETTERS, deadLetters, new ByteArraySerializer(), new ByteArraySerializer(), BRIDGE);
    }
}
