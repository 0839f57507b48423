package io.foundling.console.delivery.topics;

import io.foundling.audit.Delivery;
import io.foundling.console.delivery.AlertSink;
import io.foundling.console.delivery.DeliveryListener;
import io.foundling.console.delivery.Receiver;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.UnreadableMessageException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Hands the progress of a receiver, then all alerts there are, then each change to what serves the receiver. Whatever
 * the number of partitions, the changes of an alert come in order. One thread.
 */
final class AlertReader implements AutoCloseable {

    private final DeliverySettings settings;
    private final String receiverKey;
    private final PassedOver passedOver;
    private final BeginningLog progress;
    private final AlertSink sink;
    private final Consumer<byte[], byte[]> consumer;
    private final AlertRecords alerts;
    private final Deserializer<Delivery> deliveries;
    private final Map<String, Delivery> restored = new HashMap<>();
    private final Map<TopicPartition, Long> unread = new HashMap<>();
    private Phase phase = Phase.PROGRESS;
    private Optional<Instant> since = Optional.empty();

    private enum Phase {
        PROGRESS,
        ALERTS,
        CHANGES
    }

    /** Begins to read; the progress must have no other writer any more. */
    AlertReader(
            DeliverySettings settings,
            Receiver receiver,
            BeginningLog progress,
            AlertSink sink,
            DeliveryListener listener,
            ReceiverClients clients) {
        this.settings = settings;
        this.progress = progress;
        this.sink = sink;
        receiverKey = DeliveryTopic.key(receiver.name());
        passedOver = new PassedOver(receiver, listener);
        consumer = clients.committed();
        alerts = new AlertRecords(settings.avro(), passedOver);
        deliveries = AvroSerdes.deserializer(settings.avro(), Delivery.class);
        try (Consumer<byte[], byte[]> all = clients.uncommitted()) {
            readFromBeginning(settings.deliveries(), all);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    boolean hasReadAll() {
        return phase == Phase.CHANGES;
    }

    /** Reads on for at most that long. */
    void poll(Duration patience) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            if (phase == Phase.PROGRESS) {
                restore(record);
            } else {
                alerts.hand(record, sink);
            }
        }
        if (phase == Phase.CHANGES) {
            sink.handedOver();
        }
        unread.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
        if (unread.isEmpty() && phase == Phase.PROGRESS) {
            phase = Phase.ALERTS;
            restored.values().forEach(each -> sink.restore(DeliveryTopic.progress(each)));
            restored.clear();
            readFromBeginning(settings.alerts(), consumer);
        } else if (unread.isEmpty() && phase == Phase.ALERTS) {
            progress.begin(since.orElseGet(Instant::now), sink.prepare(since.isEmpty()));
            sink.begin();
            phase = Phase.CHANGES;
        }
    }

    /**
     * Progress is read as far as it is written: behind a transaction of another receiver that is open, there may be
     * some of this one. Of alerts, those before such a transaction are enough: changes behind it come later anyway.
     */
    private void readFromBeginning(String topic, Consumer<byte[], byte[]> knowsEnds) {
        Set<TopicPartition> partitions = new HashSet<>();
        consumer.partitionsFor(topic).forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
        if (partitions.isEmpty()) {
            throw new KafkaException("topic " + topic + " does not exist; create it with 'foundling topics apply'");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        unread.putAll(knowsEnds.endOffsets(partitions));
    }

    /** Of progress that cannot be read, what was read of it before holds: a receiver rather gets something twice. */
    private void restore(ConsumerRecord<byte[], byte[]> record) {
        String key = DeliveryTopic.text(record.key());
        boolean isOfReceiver = key.equals(receiverKey);
        if (!isOfReceiver && !key.startsWith(receiverKey + '/')) {
            return;
        }
        try {
            Delivery delivery = deliveries.deserialize(record.topic(), record.headers(), record.value());
            if (isOfReceiver) {
                since = Optional.ofNullable(delivery).map(Delivery::getAt);
            } else if (delivery == null) {
                restored.remove(key);
            } else {
                restored.put(key, delivery);
            }
        } catch (UnreadableMessageException unreadable) {
            passedOver.add(record, unreadable.getMessage());
            if (isOfReceiver) {
                since = Optional.of(Instant.ofEpochMilli(record.timestamp()));
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
        alerts.close();
        deliveries.close();
    }
}
