package io.foundling.console.delivery.topics;

import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.Counts;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Transport;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.topology.alert.CloudEvents;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A receiver that is served by a loop, with clients, a clock and an Alertmanager of the test's own. */
abstract class ReceiverLoopHarness {

    static final String NAME = "alertmanager";
    static final TopicPartition FIRST = new TopicPartition(TopicNames.ALERTS, 0);
    static final TopicPartition SECOND = new TopicPartition(TopicNames.ALERTS, 1);

    private static final Map<String, Object> AVRO = Map.of(AvroConfig.REGISTRY_URL, "mock://receiver-loop");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TopicPartition PROGRESS = new TopicPartition(TopicNames.DELIVERIES, 0);

    final FakeReceiver server = new FakeReceiver();
    final FakeClock clock = new FakeClock();
    final Counts counts = new Counts();
    final LogLines log = new LogLines(ReceiverLoop.class);
    final FakeClients clients = new FakeClients();
    final List<MockConsumer<byte[], byte[]>> members = new CopyOnWriteArrayList<>();
    final List<MockConsumer<byte[], byte[]>> readers = new CopyOnWriteArrayList<>();
    final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
    ReceiverLoop loop = loop(new Receiver.Alertmanager(List.of(server.uri())));
    private long written;

    @BeforeEach
    void open() {
        clients.members = () -> member(FIRST);
        clients.producers = this::producer;
        clients.committed = () -> {
            MockConsumer<byte[], byte[]> reader = reader();
            readers.add(reader);
            return reader;
        };
        clients.uncommitted = ReceiverLoopHarness::reader;
    }

    @AfterEach
    void stop() {
        loop.close();
        server.close();
        log.close();
    }

    ReceiverLoop loop(Receiver.Kind kind) {
        Receiver receiver = new Receiver(NAME, Transport.open(PATIENCE), kind);
        Presentation shown = new Presentation("ledger", Optional.empty());
        return new ReceiverLoop(
                new DeliverySettings(
                        "a", shown, List.of(receiver), Map.of(), AVRO, TopicNames.ALERTS, TopicNames.DELIVERIES),
                receiver,
                clients,
                counts,
                clock);
    }

    /** A member that the group gives a partition with its first poll. */
    MockConsumer<byte[], byte[]> member(TopicPartition given) {
        MockConsumer<byte[], byte[]> member = new MockConsumer<>("latest");
        member.updateBeginningOffsets(Map.of(given, 0L));
        member.updateEndOffsets(Map.of(given, 0L));
        member.schedulePollTask(() -> member.rebalance(List.of(given)));
        members.add(member);
        return member;
    }

    MockProducer<byte[], byte[]> producer() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private static MockConsumer<byte[], byte[]> reader() {
        MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");
        for (TopicPartition each : List.of(PROGRESS, FIRST)) {
            reader.updatePartitions(
                    each.topic(), List.of(new PartitionInfo(each.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
            reader.updateBeginningOffsets(Map.of(each, 0L));
            reader.updateEndOffsets(Map.of(each, 0L));
        }
        return reader;
    }

    /** Lets another alert fire, and waits until it was sent, and that is written. */
    void firesAndIsWritten() {
        long before = newest(producers).history().size();
        fires();
        until(() -> newest(producers).history().size() > before);
    }

    /** Lets another alert fire. */
    void fires() {
        String key = "orphaned/s/" + written;
        Alert alert = Alert.newBuilder()
                .setType(AlertType.ORPHANED)
                .setStatus(AlertStatus.FIRING)
                .setCount(1)
                .setSamples(List.of())
                .setLabels(Changes.LABELS)
                .setAnnotations(Map.of())
                .setStartsAt(FakeClock.START)
                .setEndsAt(null)
                .build();
        try (Serializer<Alert> serializer = AvroSerdes.serializer(AVRO, false)) {
            MockConsumer<byte[], byte[]> reader = newest(readers);
            long offset = reader.position(FIRST);
            var record = new ConsumerRecord<>(
                    FIRST.topic(), 0, offset, utf8(key), serializer.serialize(FIRST.topic(), alert));
            record.headers().add(CloudEvents.ID, utf8(key + "#1"));
            reader.updateEndOffsets(Map.of(FIRST, offset + 1));
            reader.addRecord(record);
        }
        written++;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static <T> T newest(List<T> all) {
        return all.get(all.size() - 1);
    }

    static void until(Callable<Boolean> isTrue) {
        await().atMost(PATIENCE).until(isTrue);
    }

    /** Waits until the receiver was sent everything there is that often. */
    void untilServed(int times) {
        until(() -> server.bodies().stream().filter("[]"::equals).count() >= times);
    }

    /** Returns the lines of the log about failures. */
    List<String> failures() {
        return log.all().stream()
                .filter(line -> line.contains("cannot be served"))
                .toList();
    }
}
