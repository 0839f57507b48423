package io.foundling.topology.alert;

import io.foundling.topology.account.Group;
import io.foundling.topology.account.Total;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.OutgoingRecords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What the alerts task is about to publish: builds the records. {@link OutgoingRecords} checks and sends them. */
final class AlertsOutbox {

    private final ProcessorContext<byte[], byte[]> context;
    private final OutgoingRecords outgoing;
    private final LedgerListener listener;
    private final String settlements;
    private final String alerts;

    AlertsOutbox(
            ProcessorContext<byte[], byte[]> context,
            TopicPrefix prefix,
            Serializer<SpecificRecord> serializer,
            LedgerListener listener) {
        this.context = context;
        this.outgoing = new OutgoingRecords(context, serializer);
        this.listener = listener;
        settlements = prefix.name(TopicNames.SETTLEMENTS);
        alerts = prefix.name(TopicNames.ALERTS);
    }

    /**
     * Adds what a verdict changes.
     *
     * @param texts what policies add to the alert
     */
    void add(String key, GroupState before, Verdict verdict, PolicyTexts texts) {
        GroupState after = verdict.after();
        if (!after.settlement().equals(before.settlement())) {
            addSettlement(Group.parse(key), before.settlement().isPresent(), after.settlement());
        }
        if (!after.alert().equals(before.alert()) || !after.labels().equals(before.labels())) {
            addAlert(Group.parse(key), before, verdict, texts);
        }
    }

    private void addSettlement(Group group, boolean corrected, Optional<Total> settlement) {
        String key = AlertRecords.settlementKey(group);
        if (settlement.isEmpty()) {
            outgoing.add(Nodes.SETTLEMENTS, key, null);
            return;
        }
        byte[] value = outgoing.encode(settlements, AlertRecords.settlement(group, settlement.get()));
        outgoing.add(Nodes.SETTLEMENTS, key, value);
        listener.settlement(corrected);
    }

    private void addAlert(Group group, GroupState before, Verdict verdict, PolicyTexts texts) {
        String key = group.key();
        Optional<AlertState> alert = verdict.after().alert();
        if (alert.isEmpty()) {
            outgoing.add(Nodes.ALERTS_SENT, key, null);
            return;
        }
        String summary = verdict.agesOut()
                ? Summary.agedOut(group, before.alert().orElseThrow())
                : Summary.of(group, alert.get());
        byte[] value = outgoing.encode(alerts, AlertRecords.alert(group, verdict.after(), summary, texts));
        long sequence = verdict.after().sequence();
        List<Header> headers = CloudEvents.headers(
                context.applicationId(), key, alert.get().status(), sequence, context.currentSystemTimeMs());
        outgoing.add(Nodes.ALERTS_SENT, key.getBytes(StandardCharsets.UTF_8), value, headers);
        listener.alert(group.type(), alert.get().status());
    }

    /** Sends everything and is empty again. */
    void send() {
        outgoing.send();
    }
}
