package io.foundling.console.delivery.topics;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.console.delivery.AlertSink;
import io.foundling.console.delivery.Notification;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.UnreadableMessageException;
import io.foundling.topology.alert.CloudEvents;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads records of audit.alerts. Skips records that are no alerts of the ledger. One thread. */
final class AlertRecords implements AutoCloseable {

    private final Deserializer<Alert> alerts;
    private final PassedOver passedOver;

    AlertRecords(Map<String, Object> avro, PassedOver passedOver) {
        this.passedOver = passedOver;
        alerts = AvroSerdes.deserializer(avro, Alert.class);
    }

    /** Hands what a record says to what serves a receiver. */
    void hand(ConsumerRecord<byte[], byte[]> record, AlertSink sink) {
        String key = DeliveryTopic.text(record.key());
        if (record.value() == null) {
            sink.removed(key);
            return;
        }
        try {
            Alert alert = alerts.deserialize(record.topic(), record.headers(), record.value());
            if (alert.getStatus() == AlertStatus.UNKNOWN) {
                throw new UnreadableMessageException(
                        UnreadableMessageException.Reason.UNREADABLE_VALUE,
                        "it has a status that this version does not know");
            }
            sink.changed(Notification.of(key, version(record, key), alert));
        } catch (UnreadableMessageException unreadable) {
            passedOver.add(record, unreadable.getMessage());
            sink.unreadable(key);
        }
    }

    /** The ledger numbers the changes of an alert in ce_id; offsets would not survive a topic that is made anew. */
    private static long version(ConsumerRecord<byte[], byte[]> record, String key) {
        Header id = record.headers().lastHeader(CloudEvents.ID);
        String text = id == null ? "" : new String(id.value(), StandardCharsets.UTF_8);
        String number = text.startsWith(key + '#') ? text.substring(key.length() + 1) : "";
        if (!number.matches("\\d{1,18}")) {
            throw new UnreadableMessageException(
                    UnreadableMessageException.Reason.UNREADABLE_VALUE,
                    "header " + CloudEvents.ID + " is '" + text + "', expected the key, a hash and a number");
        }
        return Long.parseLong(number);
    }

    @Override
    public void close() {
        alerts.close();
    }
}
