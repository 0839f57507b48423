package io.foundling.topology.alert;

import io.foundling.topology.account.Group;
import io.foundling.topology.account.Total;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.task.LedgerListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the alerts task is about to publish. Everything is encoded and its size checked before the store is written;
 * then it is sent, stamped with the wall time of writing.
 */
final class AlertsOutbox {

    /** Below the broker's default limit of 1 MiB for a batch. */
    static final int MAX_VALUE_BYTES = 1_000_000;

    private final ProcessorContext<byte[], byte[]> context;
    private final Serializer<SpecificRecord> serializer;
    private final LedgerListener listener;
    private final List<Letter> letters = new ArrayList<>();

    private record Letter(String node, byte[] key, byte[] value, List<Header> headers, Runnable sent) {}

    AlertsOutbox(
            ProcessorContext<byte[], byte[]> context, Serializer<SpecificRecord> serializer, LedgerListener listener) {
        this.context = context;
        this.serializer = serializer;
        this.listener = listener;
    }

    /** Adds what a verdict changes. */
    void add(String key, GroupState before, Verdict verdict) {
        GroupState after = verdict.after();
        if (!after.settlement().equals(before.settlement())) {
            addSettlement(Group.parse(key), before.settlement().isPresent(), after.settlement());
        }
        if (!after.alert().equals(before.alert())) {
            addAlert(key, after.alert(), after.sequence());
        }
    }

    private void addSettlement(Group group, boolean corrected, Optional<Total> settlement) {
        byte[] key = AlertRecords.settlementKey(group).getBytes(StandardCharsets.UTF_8);
        if (settlement.isEmpty()) {
            letters.add(new Letter(Nodes.SETTLEMENTS, key, null, List.of(), () -> {}));
            return;
        }
        byte[] value = encode(TopicNames.SETTLEMENTS, AlertRecords.settlement(group, settlement.get()));
        letters.add(new Letter(Nodes.SETTLEMENTS, key, value, List.of(), () -> listener.settlement(corrected)));
    }

    private void addAlert(String key, Optional<AlertState> alert, long sequence) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        if (alert.isEmpty()) {
            letters.add(new Letter(Nodes.ALERTS_SENT, keyBytes, null, List.of(), () -> {}));
            return;
        }
        Group group = Group.parse(key);
        byte[] value = encode(TopicNames.ALERTS, AlertRecords.alert(group, alert.get()));
        List<Header> headers = CloudEvents.headers(
                context.applicationId(), key, alert.get().status(), sequence, context.currentSystemTimeMs());
        letters.add(new Letter(
                Nodes.ALERTS_SENT,
                keyBytes,
                value,
                headers,
                () -> listener.alert(group.type(), alert.get().status())));
    }

    /** Sends everything and is empty again. */
    void send() {
        for (Letter letter : letters) {
            context.forward(
                    new Record<>(
                            letter.key(),
                            letter.value(),
                            context.currentSystemTimeMs(),
                            new RecordHeaders(letter.headers())),
                    letter.node());
            letter.sent().run();
        }
        letters.clear();
    }

    private byte[] encode(String topic, SpecificRecord value) {
        byte[] bytes = serializer.serialize(topic, value);
        if (bytes.length > MAX_VALUE_BYTES) {
            throw new IllegalStateException("a value for " + topic + " has " + bytes.length
                    + " bytes although all its parts are bounded; expected at most " + MAX_VALUE_BYTES);
        }
        return bytes;
    }
}
