package io.foundling.topology.task;

import io.foundling.topology.names.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Records that a task is about to publish. Each is encoded and its size checked before the store is written; then all are
 * sent, stamped with the wall time of writing (rule B5) and with the name of the
 * application. Under exactly-once a value that the broker refuses could never be
 * skipped, so one that is too large stops the task. For its stream thread.
 */
public final class OutgoingRecords {

    /** Below the broker's default limit of 1 MiB for a batch. */
    public static final int MAX_VALUE_BYTES = 1_000_000;

    private final ProcessorContext<byte[], byte[]> context;
    private final Serializer<SpecificRecord> serializer;
    private final Header application;
    private final List<Outgoing> outgoing = new ArrayList<>();

    private record Outgoing(String node, byte[] key, byte[] value, List<Header> headers) {}

    public OutgoingRecords(ProcessorContext<byte[], byte[]> context, Serializer<SpecificRecord> serializer) {
        this.context = context;
        this.serializer = serializer;
        this.application = header(Headers.APPLICATION, context.applicationId());
    }

    /**
     * Returns the bytes of a value.
     *
     * @throws IllegalStateException if they are too many
     */
    public byte[] encode(String topic, SpecificRecord value) {
        byte[] bytes = serializer.serialize(topic, value);
        if (bytes.length > MAX_VALUE_BYTES) {
            throw new IllegalStateException("a value for " + topic + " has " + bytes.length
                    + " bytes although all its parts are bounded; expected at most " + MAX_VALUE_BYTES);
        }
        return bytes;
    }

    /** Adds a record for a node of the topology; a null value is a tombstone. */
    public void add(String node, byte[] key, byte[] value, List<Header> headers) {
        outgoing.add(new Outgoing(node, key, value, headers));
    }

    /** Adds a record without further headers. */
    public void add(String node, String key, byte[] value) {
        add(node, key.getBytes(StandardCharsets.UTF_8), value, List.of());
    }

    /** Returns a header with a text in UTF-8. */
    public static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends everything and is empty again. */
    public void send() {
        long nowMs = context.currentSystemTimeMs();
        for (Outgoing each : outgoing) {
            RecordHeaders headers = new RecordHeaders(each.headers());
            headers.add(application);
            context.forward(new Record<>(each.key(), each.value(), nowMs, headers), each.node());
        }
        outgoing.clear();
    }
}
