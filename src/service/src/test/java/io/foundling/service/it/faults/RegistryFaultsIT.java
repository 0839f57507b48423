package io.foundling.service.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.MetricsPage;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that is away is waited for; what needs no answer of it goes on, and nothing becomes a dead letter. */
class RegistryFaultsIT {

    /** Longer than the producer of a stream thread keeps a transaction open. */
    private static final Duration AWAY = Duration.ofSeconds(12);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static EventFeed feed;
    private static Output<Disposition> dispositions;

    private final Instant now = Instant.now();

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
        feed = stack.closeFirst(EventFeed.into(stack));
        feed.bytes(TopicNames.EVENTS, Events.completed("knowsItsSchema", Instant.EPOCH));
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @AfterEach
    void startRegistry() {
        stack.registry().start();
    }

    @Test
    void shouldWaitForTheRegistryAtTheStartAndSaySo() {
        // Given
        stack.registry().stop();

        // When
        try (LiveLedger ledger = LiveLedger.start(stack, directory, "allowedLag: 1s")) {
            await().atMost(LiveLedger.PATIENCE)
                    .until(() -> ledger.probes().notReady().contains("waiting for the schema registry"));
            assertThat(ledger.probes().isAlive()).isTrue();
            stack.registry().start();

            // Then
            ledger.awaitReady();
            feed.send(TopicNames.EVENTS, Events.completed("afterStart", now));
            completed("afterStart");
        }
    }

    @Test
    void shouldGoOnWithWhatItKnowsAndWaitForWhatItDoesNot() {
        // Given
        try (LiveLedger ledger = LiveLedger.start(stack, directory, "allowedLag: 1s")) {
            ledger.awaitReady();
            feed.send(TopicNames.EVENTS, Events.deferred("known", now, now.plusSeconds(3_600)));
            dispositions.awaitLast(Events.key("known"), found -> found.getStatus() == Status.DEFERRED);
            int newer = registerVersionWith("patient");

            // When
            stack.registry().stop();
            feed.send(TopicNames.EVENTS, Events.completed("known", now));
            completed("known");
            assertThat(ledger.probes().notReady()).isEmpty();
            Instant promised = Instant.now();
            feed.send(TopicNames.EVENTS, Events.deferred("promised", promised, promised.plusSeconds(4)));
            feed.send(newer("unknown", newer));
            feed.send(TopicNames.EVENTS, Events.completed("promised", promised));
            await().atMost(LiveLedger.PATIENCE)
                    .until(() -> ledger.probes().notReady().contains("schema registry does not answer"));
            await("no answer of the registry")
                    .during(AWAY)
                    .atMost(AWAY.plusSeconds(20))
                    .until(() -> !ledger.probes().notReady().isEmpty()
                            && ledger.probes().isAlive());
            stack.registry().start();

            // Then
            completed("unknown");
            completed("promised");
            ledger.awaitReady();
            shouldHaveLostAndInventedNothing(ledger);
        }
    }

    @Test
    void shouldReplaceAThreadThatWaitedTooLongAndGoOnAfterwards() {
        // Given
        String impatient = """
                allowedLag: 1s
                avro:
                  schema.registry.max.wait.ms: 1000
                """;
        try (LiveLedger ledger = LiveLedger.start(stack, directory, impatient)) {
            ledger.awaitReady();
            int newer = registerVersionWith("impatient");

            // When
            stack.registry().stop();
            feed.send(newer("waitedFor", newer));
            // Twice within less than a session timeout: the dead member does not keep its successor waiting.
            await().atMost(Duration.ofSeconds(30)).until(() -> ledger.probes().failedThreads() >= 2);
            await("not ready")
                    .during(Duration.ofSeconds(2))
                    .until(() -> !ledger.probes().notReady().isEmpty());
            assertThat(ledger.probes().isAlive()).isTrue();
            stack.registry().start();

            // Then
            completed("waitedFor");
            ledger.awaitReady();
            shouldHaveLostAndInventedNothing(ledger);
        }
    }

    private static void shouldHaveLostAndInventedNothing(LiveLedger ledger) {
        MetricsPage metrics = ledger.probes().metrics();
        assertThat(metrics.sum("foundling_dead_letters_total")).isZero();
        assertThat(metrics.sum("foundling_events_total", Map.of("result", "dead_letter")))
                .isZero();
        try (Output<AuditEvent> letters = new Output<>(stack, TopicNames.DEAD_LETTERS, AuditEvent.class);
                Output<OrphanWarning> orphans = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class)) {
            assertThat(letters.records()).isEmpty();
            assertThat(orphans.records()).isEmpty();
        }
    }

    private static void completed(String id) {
        dispositions.awaitLast(Events.key(id), found -> found.getStatus() == Status.COMPLETED);
        assertThat(dispositions.of(Events.key(id)).stream()
                        .filter(found -> found.orElseThrow().getStatus() == Status.COMPLETED))
                .hasSize(1);
    }

    /** Registers a next version of the event, with one optional field more, and returns its id. */
    private static int registerVersionWith(String field) {
        Schema known = AuditEvent.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        known.getFields().forEach(each -> fields.add(new Schema.Field(each, each.schema())));
        Schema text = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        fields.add(new Schema.Field(field, text, null, Schema.Field.NULL_DEFAULT_VALUE));
        Schema next = Schema.createRecord(known.getName(), known.getDoc(), known.getNamespace(), false, fields);
        try (RegistryClient registry = AvroSerdes.registryClient(Map.of("schema.registry.url", stack.registryUrl()))) {
            return registry.register(TopicNames.EVENTS + "-value", next);
        }
    }

    /** A completion as a producer of that next version writes it. */
    private ProducerRecord<byte[], byte[]> newer(String id, int schemaId) {
        AuditEvent event = Events.completed(id, now);
        byte[] value = feed.bytes(TopicNames.EVENTS, event);
        byte[] longer = ByteBuffer.allocate(value.length + 1)
                .put(value)
                .putInt(1, schemaId)
                .array();
        return new ProducerRecord<>(TopicNames.EVENTS, EventFeed.key(event), longer);
    }
}
