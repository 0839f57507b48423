package io.foundling.service.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import io.foundling.client.Ticket;
import io.foundling.local.LocalBroker;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.it.rig.RefusingProxy;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the events of recorders, one with a spool and one without, when a broker restarts or gets out of step
 * with their producers: all of them arrive, and those of a subject in their order.
 */
class RecorderFaultsIT {

    private static final int PARTITIONS = 6;
    private static final int SEVERAL_REQUESTS = 5;

    /** With several a restarting broker may take a later batch before an earlier one (KAFKA-14359). */
    private static final int ONE_REQUEST = 1;

    private static final String REGISTRY = "mock://recorder-faults";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private final Map<String, InMemoryRecorderMetrics> metrics = new HashMap<>();
    private final List<KafkaAuditRecorder> recorders = new ArrayList<>();

    @AfterEach
    void stopBroker() {
        recorders.forEach(recorder -> recorder.close(Duration.ZERO));
        broker.close();
    }

    @Test
    void shouldSendAgainWhatAPartitionNeverAcknowledgesWhenTheOthersGoOn() throws IOException {
        try (RefusingProxy proxy = new RefusingProxy()) {
            // Given
            startBroker(Map.of("advertised.listeners", "PLAINTEXT://" + proxy.address()));
            proxy.passOnTo(broker.bootstrapServers());
            startRecorders(SEVERAL_REQUESTS);
            List<CompletionStage<Ticket>> stuck = new ArrayList<>();
            await().atMost(LIMIT).until(() -> {
                recorders.forEach(recorder -> stuck.add(recorder.opened(subject("stuck"))));
                return proxy.refused().size() == recorders.size();
            });

            // When
            for (int i = 0; i < 300; i++) {
                Subject other = subject(Integer.toString(i));
                recorders.forEach(recorder -> recorder.opened(other));
            }

            // Then
            await().atMost(LIMIT).until(() -> metrics.values().stream().allMatch(each -> each.writtenEvents() > 200));
            assertThat(stuck).anyMatch(ticket -> !ticket.toCompletableFuture().isDone());
            assertThat(recorders).allMatch(recorder -> recorder.flush(LIMIT));
            assertThat(metrics.values()).allMatch(each -> each.lostEvents() == 0);
            assertThat(arrived()).hasSize(2 * 300 + stuck.size());
        }
    }

    @Test
    void shouldDeliverEverythingInOrderWhenCallsWereMadeWhileTheBrokerWasDown() {
        // Given
        startBroker(Map.of());
        startRecorders(ONE_REQUEST);
        recorders.forEach(recorder -> recorder.opened(subject("0")));
        assertThat(recorders).allMatch(recorder -> recorder.flush(LIMIT));
        assertThat(directory.resolve("spool/cluster")).content().matches("foundling spool cluster 1 [\\w-]{22}\n");
        broker.stop();

        // When
        for (int i = 0; i < 5_000; i++) {
            Subject subject = subject(Integer.toString(i % 500));
            String detail = "%04d".formatted(i);
            recorders.forEach(recorder -> recorder.on(subject).detail(detail).opened());
        }
        broker.start();

        // Then
        assertThat(recorders).allMatch(recorder -> recorder.flush(LIMIT));
        assertThat(metrics.values()).allMatch(each -> each.lostEvents() == 0);
        assertThat(arrived()).hasSize(2 * 5_001);
        assertThat(arrived().stream()
                        .filter(event -> event.getDetail() != null)
                        .collect(Collectors.groupingBy(
                                event -> event.getProducer().getService() + SubjectKey.of(event.getSubject()),
                                Collectors.mapping(AuditEvent::getDetail, Collectors.toList())))
                        .values())
                .hasSize(2 * 500)
                .allSatisfy(details -> assertThat(details).isSorted());
    }

    private void startBroker(Map<String, String> properties) {
        broker = LocalBroker.startIn(directory.resolve("broker"), properties);
    }

    /** @param requests how many requests a producer may have under way at once */
    private void startRecorders(int requests) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TopicNames.EVENTS, PARTITIONS, (short) 1)));
        }
        recorders.add(recorder("plain", requests).build());
        recorders.add(recorder("spilling", requests)
                .spill(directory.resolve("spool"), 16 << 20)
                .build());
    }

    /** Small batches, so that a partition has several under way at once if several requests may be. */
    private RecorderBuilder recorder(String service, int requests) {
        metrics.put(service, new InMemoryRecorderMetrics());
        return KafkaAuditRecorder.builder()
                .bootstrapServers(broker.bootstrapServers())
                .schemaRegistryUrl(REGISTRY)
                .service(service)
                .kafka("batch.size", "200")
                .kafka("max.in.flight.requests.per.connection", Integer.toString(requests))
                .metrics(metrics.get(service));
    }

    /** Returns the events of the topic in the order of their partitions, each once. */
    private List<AuditEvent> arrived() {
        try (Deserializer<AuditEvent> events =
                AvroSerdes.deserializer(Map.of("schema.registry.url", REGISTRY), AuditEvent.class)) {
            Map<UUID, AuditEvent> byId = new LinkedHashMap<>();
            new TopicReader(broker.bootstrapServers())
                    .written(TopicNames.EVENTS)
                    .forEach(record -> {
                        AuditEvent event = events.deserialize(TopicNames.EVENTS, record.value());
                        byId.putIfAbsent(event.getEventId(), event);
                    });
            return List.copyOf(byId.values());
        }
    }

    private static Subject subject(String id) {
        return new Subject(SubjectKind.RECORD, "university", "declaration", id);
    }
}
