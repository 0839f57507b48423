package io.foundling.topology;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.Closure;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.SettableClock;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ledger writes to every topic that is declared as written, under its prefix, and signs each record. */
final class WrittenRecordsTest {

    private static final String SOURCE = "shared.events";
    private static final Expectation EXPECTATION =
            Settings.expecting("next", Events.STAGE, Status.COMPLETED, "next", Duration.ofDays(1));
    private static final LedgerSettings SETTINGS =
            Settings.of(LedgerSettings.defaults(SOURCE, 1)).prefix("blue.").expecting(List.of(EXPECTATION));

    private final SettableClock clock = new SettableClock();
    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
    private final TopologyTestDriver driver = driver();
    private Instant now = START;

    private TopologyTestDriver driver() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "blue-ledger");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return new TopologyTestDriver(
                FoundlingTopology.of(
                        SETTINGS,
                        SETTINGS::policySet,
                        clock,
                        LedgerListener.NONE,
                        () -> new AvroDeserializer<>(registry, AuditEvent.class),
                        () -> new AvroDeserializer<>(registry, Closure.class),
                        () -> new AvroSerializer<>(registry),
                        Stores::inMemoryKeyValueStore,
                        () -> 0,
                        Restoring.NEVER),
                properties,
                START);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldSignEveryRecordOfEveryTopicWhenEachIsWritten() {
        // Given
        Set<String> expected = TopicContracts.declared(new TopicPrefix("blue.")).all().stream()
                .filter(TopicContract::isWritten)
                .map(TopicContract::name)
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        send(deferred("lost").parent("b1").at(START));
        send(deferred("late").dueAt(START.plusSeconds(1)).at(START));
        send(completed("b1").kind(SubjectKind.BATCH).at(START.plusSeconds(1)));
        send(completed("twice").at(START));
        send(failed("twice").at(START.plusSeconds(1)));
        send(Events.reconciled("s1", CheckStatus.FAILED, LocalDate.parse("2026-01-05")));
        send("no key".getBytes(UTF_8), new byte[] {1});
        pass(30);
        send(completed("late").at(now));
        pass(30);

        // Then
        Map<String, List<TestRecord<byte[], byte[]>>> written = written();
        assertThat(written.keySet()).isEqualTo(expected);
        written.forEach((topic, records) -> assertThat(records)
                .as(topic)
                .allSatisfy(record -> assertThat(signature(record)).isEqualTo("blue-ledger")));
        assertThat(written.get("blue.orphans")).as("a tombstone among them").anyMatch(record -> record.value() == null);
    }

    /** The registry's subjects follow the names of the topics. */
    @Test
    void shouldRegisterSchemasUnderThePrefixWhenValuesAreWritten() {
        // When
        send(deferred("lost").at(START));

        // Then
        assertThat(registry.subjects()).contains("blue.dispositions-value").doesNotContain("audit.dispositions-value");
    }

    private void send(Events event) {
        AuditEvent built = event.build();
        send(LedgerHarness.key(built), serializer.serialize(SOURCE, built));
    }

    private void send(byte[] key, byte[] value) {
        driver.createInputTopic(SOURCE, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, now));
    }

    private void pass(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            now = now.plus(1, MINUTES);
            clock.set(now);
            driver.advanceWallClockTime(Duration.ofMinutes(1));
        }
    }

    /** Returns the records of each topic that is no internal one. */
    private Map<String, List<TestRecord<byte[], byte[]>>> written() {
        Map<String, List<TestRecord<byte[], byte[]>>> written = new TreeMap<>();
        for (String topic : driver.producedTopicNames()) {
            if (!topic.startsWith("blue-ledger-")) {
                written.put(
                        topic,
                        new ArrayList<>(driver.createOutputTopic(
                                        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                                .readRecordsToList()));
            }
        }
        return written;
    }

    /** Exactly one header says who wrote a record. */
    private static String signature(TestRecord<byte[], byte[]> record) {
        return StreamSupport.stream(
                        record.headers().headers(Headers.APPLICATION).spliterator(), false)
                .map(Header::value)
                .map(value -> new String(value, UTF_8))
                .collect(Collectors.joining(","));
    }
}
