package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.client.AuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.QueueFullPolicy;
import io.foundling.client.RecorderBuilder;
import io.foundling.local.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a service notices of a broker or a registry that is away, which is nothing, and what arrives when it is back.
 */
@ExtendWith(SharedStack.class)
class RecorderFaultsIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    /** More than a while on a busy machine, less than any time limit that Kafka's client has by default. */
    private static final Duration SOON = Duration.ofSeconds(9);

    @TempDir
    private Path spool;

    private final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final LocalStack stack;
    private final WrittenEvents events;

    RecorderFaultsIT(LocalStack stack, WrittenEvents events) {
        this.stack = stack;
        this.events = events;
    }

    @BeforeAll
    static void warmUp() {
        Reports.warmUp();
    }

    @AfterEach
    void bringBack() {
        stack.broker().start();
        stack.registry().start();
    }

    @Test
    void shouldWriteEverythingInOrderWhenTheBrokerComesAfterTheFirstEvents() {
        // Given
        stack.broker().stop();
        try (AuditRecorder recorder = events.recorder("early").build()) {
            Reports reports = new Reports(recorder, "early");
            reports.report(500);

            // When
            stack.broker().start();

            // Then
            assertThat(recorder.flush(LONG)).isTrue();
            reports.requireEachAtOnce();
            assertThat(events.attempts()).isEqualTo(reports.reported());
        }
    }

    @Test
    void shouldLetTheServiceWorkAndCountWhatItLosesWhenTheHostNameIsUnknown() {
        // Given
        long begin = System.nanoTime();
        KafkaAuditRecorder recorder = events.recorder("lost")
                .bootstrapServers("nobody.invalid:9092")
                .metrics(metrics)
                .build();
        Reports reports = new Reports(recorder, "lost");
        reports.report(500);

        // When
        long lost = recorder.close(A_WHILE);

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        reports.requireEachAtOnce();
        assertThat(lost).isEqualTo(500);
        assertThat(metrics.lostEvents(LossReason.CLOSED)).isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "SPILL"})
    void shouldLoseNothingWhenTheBrokerIsAwayForAWhileUnderLoad(QueueFullPolicy policy) {
        // Given
        try (AuditRecorder recorder =
                events.roomyRecorder("loaded", policy, spool).metrics(metrics).build()) {
            Load load = Load.on(recorder);
            try (load) {
                assertThat(recorder.flush(LONG)).isTrue();

                // When
                stack.broker().stop();
                assertThat(recorder.flush(A_WHILE)).isFalse();
                stack.broker().start();

                // Then
                assertThat(recorder.flush(LONG)).isTrue();
            }
            assertThat(recorder.flush(LONG)).isTrue();
            load.requireUnharmed(events);
        }
        assertThat(metrics.lostEvents()).isZero();
    }

    @Test
    void shouldGoOnWithAKnownSchemaAndWaitForAnUnknownOneWhenTheRegistryIsAway() {
        // Given
        try (AuditRecorder knowing = events.recorder("knowing").build();
                AuditRecorder unknowing = events.recorder("unknowing").build();
                AuditRecorder spooling =
                        events.recorder("spooling").spill(spool, 1 << 20).build()) {
            Reports known = new Reports(knowing, "known");
            Reports unknown = new Reports(unknowing, "unknown");
            Reports spooled = new Reports(spooling, "spooled");
            known.report();
            assertThat(knowing.flush(LONG)).isTrue();

            // When
            stack.registry().stop();
            known.report(499);
            unknown.report(500);
            spooled.report(500);

            // Then
            assertThat(knowing.flush(LONG)).isTrue();
            assertThat(unknowing.flush(A_WHILE)).isFalse();
            assertThat(spooling.flush(Duration.ZERO)).isFalse();
            stack.registry().start();
            assertThat(unknowing.flush(LONG)).isTrue();
            assertThat(spooling.flush(LONG)).isTrue();
            List<Reports> all = List.of(known, unknown, spooled);
            all.forEach(Reports::requireEachAtOnce);
            assertThat(events.attempts()).hasSize(30);
            all.forEach(each -> assertThat(events.attempts()).containsAllEntriesOf(each.reported()));
        }
    }

    @Test
    void shouldThrowInTimeWhenTheCallerWaitsForABrokerThatIsAway() {
        // Given
        try (AuditRecorder connected = sync("connected").build();
                AuditRecorder unconnected = sync("unconnected").build()) {
            connected.opened(Reports.subject("written"));

            // When
            stack.broker().stop();

            // Then
            requireLostInTime(connected);
            requireLostInTime(unconnected);
        }
    }

    private static void requireLostInTime(AuditRecorder recorder) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> recorder.opened(Reports.subject("lost")))
                .isInstanceOfSatisfying(
                        LostEventException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(LossReason.REFUSED));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    /** Without metadata the first limit counts, with metadata the second one. */
    private RecorderBuilder sync(String service) {
        return events.recorder(service)
                .async(false)
                .kafka("max.block.ms", "1000")
                .kafka("delivery.timeout.ms", "1000")
                .kafka("request.timeout.ms", "900");
    }
}
