package io.foundling.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.ProofTime;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the prober asks and what it makes of the answers. Proves rule T6. */
final class BrokerProberTest {

    private static final TopicPartition ANSWERS = new TopicPartition("audit.events", 0);
    private static final TopicPartition SILENT = new TopicPartition("audit.events", 1);

    private final AtomicLong nowMs = new AtomicLong(1_000);
    private final AuditClocks clocks = new AuditClocks(Duration.ZERO);
    private final AuditClock answering = clocks.open("0_0", Set.of(ANSWERS));
    private final AuditClock other = clocks.open("0_1", Set.of(SILENT));
    private final FakeQuestions broker = new FakeQuestions()
            .ends(ANSWERS, 0, 10)
            .committed(ANSWERS, 10)
            .ends(SILENT, 0, 10)
            .committed(SILENT, 10);
    private final BrokerProber prober =
            new BrokerProber(broker, clocks, new ProofTime(nowMs::get, () -> nowMs.get() * 1_000_000), Runnable::run);

    @AfterEach
    void close() {
        prober.close();
    }

    @Test
    void shouldGiveATaskItsProofWhenThePartitionOfAnotherTaskDoesNotAnswer() {
        // Given
        probeAt(1_000);
        broker.silent(SILENT);

        // When
        probeAt(2_000);
        probeAt(3_000);

        // Then
        assertThat(answering.nowMs()).isEqualTo(3_000);
        assertThat(other.nowMs()).isEqualTo(1_000);
    }

    @Test
    void shouldGiveATaskItsProofWhenTheCommittedOffsetOfAnotherOneIsNotAnswered() {
        // Given
        broker.silent(SILENT);

        // When
        probeAt(1_000);

        // Then
        assertThat(answering.nowMs()).isEqualTo(1_000);
        assertThat(other.nowMs()).isEqualTo(AuditClock.UNSET);
    }

    @Test
    void shouldAskASilentPartitionAgainOnlyWhenItsQuestionHasFailed() {
        // Given
        probeAt(1_000);
        broker.silent(SILENT);
        probeAt(2_000);
        broker.takeAsked();
        probeAt(3_000);
        assertThat(broker.takeAsked()).containsExactly(ANSWERS);

        // When
        broker.timeOut(SILENT);
        probeAt(4_000);

        // Then
        assertThat(broker.takeAsked()).containsExactlyInAnyOrder(ANSWERS, SILENT);
        assertThat(other.nowMs()).isEqualTo(4_000);
    }

    @Test
    void shouldAskForTheEndsOnlyWhenTheCommittedOffsetIsKnown() {
        // Given
        broker.silent(SILENT);
        probeAt(1_000);
        assertThat(broker.takeAsked()).containsExactly(ANSWERS);

        // When
        broker.timeOut(SILENT);
        probeAt(2_000);

        // Then
        assertThat(broker.takeAsked()).containsExactlyInAnyOrder(ANSWERS, SILENT);
        assertThat(other.nowMs()).isEqualTo(2_000);
    }

    private void probeAt(long ms) {
        nowMs.set(ms);
        prober.probe();
    }
}
