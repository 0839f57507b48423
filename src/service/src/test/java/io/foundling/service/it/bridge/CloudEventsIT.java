package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.LiveProcess;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CloudEvents of a shop in both modes of their binding to Kafka, in one topic and by one mapping. */
class CloudEventsIT {

    private static final String TOPIC = "shop.deliveries";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String MAPPING = """
            subject:
              kind: RECORD
              source: shop
              stage: delivery
              id: {firstOf: [{header: ce_subject}, {field: subject}]}
            time: {firstOf: [{header: ce_time}, {field: time}]}
            eventId: [{firstOf: [{header: ce_source}, {field: source}]}, {firstOf: [{header: ce_id}, {field: id}]}]
            traceparent: {firstOf: [{header: ce_traceparent}, {field: traceparent}]}
            facts:
              rules:
                - when: {any: [{header: ce_type, is: shop.delivery.planned}, {field: type, is: shop.delivery.planned}]}
                  body: Deferred
                  fields: {dueAt: {firstOf: [{field: /data/due}, {field: due}]}}
                - when: {any: [{header: ce_type, is: shop.delivery.done}, {field: type, is: shop.delivery.done}]}
                  body: Completed
              otherwise: skip
            """;

    @TempDir
    private Path directory;

    private final Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant due = at.plusSeconds(3_600);

    @Test
    void shouldGiveTheSameEventsInBothModes() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            // Given
            LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            Path mapping = Files.writeString(directory.resolve("deliveries.yaml"), MAPPING);
            String settings = "bridges: [{name: deliveries, input: " + TOPIC + ", mappingFile: \"" + mapping + "\"}]";
            try (EventFeed feed = EventFeed.into(stack);
                    LiveBridge bridge = LiveBridge.start(stack, settings).awaitReady();
                    Output<AuditEvent> events = new Output<>(stack, TopicNames.EVENTS, AuditEvent.class)) {
                // When
                feed.send(structured("1", "shop.delivery.planned"));
                feed.send(binary("1", "shop.delivery.planned"));
                feed.send(binary("2", "shop.delivery.done"));
                feed.send(structured("2", "shop.delivery.done"));
                feed.send(binary("3", "shop.delivery.seen"));

                // Then
                await("every record").atMost(LiveProcess.PATIENCE).untilAsserted(() -> {
                    assertThat(bridge.records("events")).isEqualTo(4);
                    assertThat(bridge.records("left_out")).isEqualTo(1);
                });
                List<AuditEvent> written = events.await("record/shop/delivery/d-1", found -> found.size() == 4).stream()
                        .flatMap(Optional::stream)
                        .toList();
                assertThat(written.get(0)).isEqualTo(written.get(1));
                assertThat(written.get(2)).isEqualTo(written.get(3));
                assertThat(written.get(0).getEventId())
                        .isNotEqualTo(written.get(2).getEventId());
                assertThat(written).allSatisfy(event -> {
                    assertThat(event.getOccurredAt()).isEqualTo(at);
                    assertThat(event.getTraceparent()).isEqualTo(TRACE);
                });
                assertThat(written.get(0).getBody())
                        .isInstanceOfSatisfying(
                                Deferred.class,
                                promised -> assertThat(promised.getDueAt()).isEqualTo(due));
                assertThat(written.get(2).getBody()).isInstanceOf(Completed.class);
            }
        }
    }

    /** The whole event is the value, and one header says so. */
    private ProducerRecord<byte[], byte[]> structured(String id, String type) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(TOPIC, bytes("""
                {"specversion": "1.0", "id": "%s", "source": "/shop/eu", "type": "%s", "subject": "d-1", "time": "%s",
                 "traceparent": "%s", "datacontenttype": "application/json", "data": {"id": "row 7", "due": "%s"}}
                """.formatted(id, type, at, TRACE, due)));
        record.headers().add("content-type", bytes("application/cloudevents+json; charset=UTF-8"));
        return record;
    }

    /** The attributes are headers, and the value is the data. */
    private ProducerRecord<byte[], byte[]> binary(String id, String type) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(TOPIC, bytes("{\"id\": \"row 7\", \"due\": \"" + due + "\"}"));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        id,
                        "ce_source",
                        "/shop/eu",
                        "ce_type",
                        type,
                        "ce_subject",
                        "d-1",
                        "ce_time",
                        at.toString(),
                        "ce_traceparent",
                        TRACE,
                        "content-type",
                        "application/json")
                .forEach((name, text) -> record.headers().add(name, bytes(text)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
