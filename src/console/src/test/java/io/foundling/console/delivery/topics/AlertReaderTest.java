package io.foundling.console.delivery.topics;

import static io.foundling.console.delivery.Changes.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Delivery;
import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.Counts;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Transport;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.topology.alert.CloudEvents;
import io.foundling.topology.names.TopicNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertReaderTest {

    private static final Map<String, Object> AVRO = Map.of(AvroConfig.REGISTRY_URL, "mock://alert-reader");
    private static final byte[] RUBBISH = {1, 2, 3};
    private static final String RECEIVER = "tickets";

    private final Receiver receiver = new Receiver(
            RECEIVER,
            Transport.open(Duration.ofSeconds(1)),
            new Receiver.Webhook(URI.create("http://hook.test"), Receiver.Format.CLOUDEVENTS, Duration.ofMinutes(5)));
    private final DeliverySettings settings = new DeliverySettings(
            "a",
            new Presentation("ledger", Optional.empty()),
            List.of(receiver),
            Map.of(),
            AVRO,
            TopicNames.ALERTS,
            TopicNames.DELIVERIES);
    private final Serializer<SpecificRecord> serializer = AvroSerdes.serializer(AVRO, false);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final MockConsumer<byte[], byte[]> everything = new MockConsumer<>("earliest");
    private final FakeClients clients = new FakeClients();
    private final RecordingSink sink = new RecordingSink();
    private final Counts counts = new Counts();
    private final Topic deliveries = new Topic(TopicNames.DELIVERIES);
    private final Topic alerts = new Topic(TopicNames.ALERTS);

    @BeforeEach
    void open() {
        clients.committed = () -> consumer;
        clients.uncommitted = () -> everything;
    }

    @AfterEach
    void stop() {
        serializer.close();
    }

    @Test
    void shouldWriteThatTheReceiverIsServedBeforeAnythingIsSentWhenItIsNew() throws InterruptedException {
        // Given
        alerts.add(KEY, alert(AlertStatus.FIRING), 1);

        // When
        readAll();

        // Then
        assertThat(sink.calls()).hasSize(4).startsWith("firing " + KEY + "#1", "prepare first");
        assertThat(sink.calls().get(2)).startsWith("write ").endsWith("[orphaned/s/gone]");
        assertThat(sink.calls().get(3)).isEqualTo("begin");
    }

    @Test
    void shouldKeepSinceWhenTheReceiverIsServedWhenItIsTakenOver() throws InterruptedException {
        // Given
        deliveries.add(RECEIVER, delivery("", 0));

        // When
        readAll();

        // Then
        assertThat(sink.calls()).containsExactly("prepare", "write " + FakeClock.START + " [orphaned/s/gone]", "begin");
    }

    @Test
    void shouldRestoreTheNewestProgressOfItsReceiverOnlyWhenItIsTakenOver() throws InterruptedException {
        // Given
        deliveries.add(RECEIVER + '/' + KEY, delivery(KEY, 1));
        deliveries.add(RECEIVER + '/' + KEY, delivery(KEY, 2));
        deliveries.add(RECEIVER + "/orphaned/s/1", delivery("orphaned/s/1", 1));
        deliveries.add(RECEIVER + "/orphaned/s/1", null);
        deliveries.add(RECEIVER + "2/" + KEY, delivery(KEY, 7));

        // When
        readAll();

        // Then
        assertThat(sink.calls()).startsWith("restore " + KEY + "#2", "prepare first");
    }

    @Test
    void shouldBeginOnlyWhenAllProgressAndAllAlertsWereRead() throws InterruptedException {
        // Given
        deliveries.add(RECEIVER + '/' + KEY, delivery(KEY, 1));
        deliveries.add(RECEIVER + '/' + KEY, delivery(KEY, 2));
        alerts.add(KEY, alert(AlertStatus.FIRING), 3);
        alerts.add(KEY, alert(AlertStatus.RESOLVED), 4);
        AlertReader reader = new AlertReader(settings, receiver, sink, sink, counts, clients);

        // When
        deliveries.fillOne();
        reader.poll(Duration.ZERO);

        // Then
        assertThat(sink.calls()).isEmpty();
        deliveries.fillOne();
        reader.poll(Duration.ZERO);
        alerts.fillOne();
        reader.poll(Duration.ZERO);
        assertThat(sink.calls()).containsExactly("restore " + KEY + "#2", "firing " + KEY + "#3");
        assertThat(reader.hasReadAll()).isFalse();
        alerts.fillOne();
        reader.poll(Duration.ZERO);
        assertThat(sink.calls()).endsWith("begin");
    }

    @Test
    void shouldReadProgressBehindATransactionOfAnotherReceiverThatIsOpen() throws InterruptedException {
        // Given
        deliveries.add("other/" + KEY, delivery(KEY, 1));
        deliveries.add(RECEIVER + '/' + KEY, delivery(KEY, 2));
        deliveries.hidesItsEnd();
        AlertReader reader = new AlertReader(settings, receiver, sink, sink, counts, clients);
        reader.poll(Duration.ZERO);
        reader.poll(Duration.ZERO);
        List<String> meanwhile = sink.calls();

        // When
        deliveries.fill();
        reader.poll(Duration.ZERO);
        reader.poll(Duration.ZERO);

        // Then
        assertThat(meanwhile).isEmpty();
        assertThat(sink.calls()).startsWith("restore " + KEY + "#2", "prepare first");
        assertThat(everything.closed()).isTrue();
    }

    @Test
    void shouldHandOverTombstonesBeforeTheBeginningAndTogetherAfterIt() throws InterruptedException {
        // Given
        alerts.add(KEY, alert(AlertStatus.RESOLVED), 2);
        alerts.add(KEY, null, 0);
        AlertReader reader = readAll();
        alerts.add("orphaned/s/1", null, 0);
        alerts.add("orphaned/s/2", null, 0);

        // When
        alerts.fill();
        reader.poll(Duration.ZERO);

        // Then
        assertThat(sink.calls()).startsWith("resolved " + KEY + "#2", "removed " + KEY, "prepare first");
        assertThat(sink.calls()).endsWith("begin", "removed orphaned/s/1", "removed orphaned/s/2", "handed over");
    }

    @Test
    void shouldHandOverThatAnAlertIsThereWhenItsRecordCannotBeRead() throws InterruptedException {
        // Given
        alerts.addBytes(KEY, RUBBISH, 1);
        alerts.add("orphaned/s/unknown", alert(AlertStatus.UNKNOWN), 1);
        alerts.add("orphaned/s/next", alert(AlertStatus.FIRING), 1);

        // When
        readAll();

        // Then
        assertThat(sink.calls())
                .startsWith("unreadable " + KEY, "unreadable orphaned/s/unknown", "firing orphaned/s/next#1");
        assertThat(counts.all()).isEqualTo(Map.of("unreadable", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", KEY, KEY + "#", KEY + "#-1", KEY + "#1234567890123456789", "orphaned/s/other#1"})
    void shouldHandOverThatAnAlertIsThereWhenItsRecordHasNoNumber(String id) throws InterruptedException {
        // Given
        alerts.addWithId(KEY, serializer.serialize(TopicNames.ALERTS, alert(AlertStatus.FIRING)), id);

        // When
        readAll();

        // Then
        assertThat(sink.calls()).startsWith("unreadable " + KEY, "prepare first");
    }

    @Test
    void shouldGoOnWithWhatItKnowsWhenProgressCannotBeRead() throws InterruptedException {
        // Given
        deliveries.addBytes(RECEIVER, RUBBISH, 0);
        deliveries.add(RECEIVER + '/' + KEY, delivery(KEY, 1));
        deliveries.addBytes(RECEIVER + '/' + KEY, RUBBISH, 0);
        deliveries.addBytes(RECEIVER + "/orphaned/s/1", RUBBISH, 0);

        // When
        readAll();

        // Then
        assertThat(sink.calls()).hasSize(4).startsWith("restore " + KEY + "#1", "prepare");
        assertThat(counts.all()).isEqualTo(Map.of("unreadable", 3));
    }

    @Test
    void shouldCloseItsConsumerWhenTheTopicOfTheProgressDoesNotExist() {
        // Given
        consumer.updatePartitions(TopicNames.DELIVERIES, List.of());

        // When
        assertThatThrownBy(() -> new AlertReader(settings, receiver, sink, sink, counts, clients))
                .hasMessageContaining("foundling topics apply");

        // Then
        assertThat(consumer.closed()).isTrue();
    }

    private AlertReader readAll() throws InterruptedException {
        AlertReader reader = new AlertReader(settings, receiver, sink, sink, counts, clients);
        deliveries.fill();
        reader.poll(Duration.ZERO);
        alerts.fill();
        reader.poll(Duration.ZERO);
        assertThat(reader.hasReadAll()).isTrue();
        return reader;
    }

    private static Alert alert(AlertStatus status) {
        return Alert.newBuilder()
                .setType(AlertType.ORPHANED)
                .setStatus(status)
                .setCount(1)
                .setSamples(List.of())
                .setLabels(Changes.LABELS)
                .setAnnotations(Map.of())
                .setStartsAt(FakeClock.START)
                .setEndsAt(status == AlertStatus.FIRING ? null : FakeClock.START)
                .build();
    }

    private static Delivery delivery(String alert, long version) {
        return Delivery.newBuilder()
                .setReceiver(RECEIVER)
                .setAlert(alert)
                .setVersion(version)
                .setDeliveryId(alert + '#' + version)
                .setResult(DeliveryResult.DELIVERED)
                .setAt(FakeClock.START)
                .build();
    }

    /** A topic of one partition. Its records reach the consumer when it is filled, because it must be assigned first. */
    private final class Topic {

        private final TopicPartition partition;
        private final Queue<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private long end;

        Topic(String name) {
            partition = new TopicPartition(name, 0);
            consumer.updatePartitions(
                    name, List.of(new PartitionInfo(name, 0, Node.noNode(), new Node[0], new Node[0])));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            endsAt(end);
        }

        /** Also for those who read committed records only. */
        private void endsAt(long offset) {
            consumer.updateEndOffsets(Map.of(partition, offset));
            everything.updateEndOffsets(Map.of(partition, offset));
        }

        /** A transaction that is open from the beginning hides all records from those who read committed ones. */
        void hidesItsEnd() {
            consumer.updateEndOffsets(Map.of(partition, 0L));
        }

        void add(String key, SpecificRecord value) {
            add(key, value, 0);
        }

        void add(String key, SpecificRecord value, long version) {
            addBytes(key, value == null ? null : serializer.serialize(partition.topic(), value), version);
        }

        void addBytes(String key, byte[] value, long version) {
            addWithId(key, value, key + '#' + version);
        }

        void addWithId(String key, byte[] value, String id) {
            ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(partition.topic(), 0, end++, utf8(key), value);
            record.headers().add(CloudEvents.ID, utf8(id));
            records.add(record);
            endsAt(end);
        }

        void fill() {
            while (!records.isEmpty()) {
                fillOne();
            }
        }

        void fillOne() {
            consumer.addRecord(records.remove());
        }

        private byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
