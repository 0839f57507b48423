package io.foundling.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** The audit clocks of one instance. Proves rule T8. */
final class AuditClocksTest {

    private static final TopicPartition EVENTS = new TopicPartition("audit.events", 0);
    private static final TopicPartition SIBLING = new TopicPartition("audit.legacy", 0);
    private static final String TASK = "0_0";

    private final AuditClocks clocks = new AuditClocks(Duration.ofMillis(50));

    @Test
    void shouldBeUnsetWhenNothingIsProven() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));

        // When
        long now = clock.nowMs();

        // Then
        assertThat(now).isEqualTo(AuditClock.UNSET);
        assertThat(clocks.readings()).containsEntry(TASK, AuditClock.UNSET);
    }

    @Test
    void shouldBeAllowedLagBeforeTheProvenTimeWhenEverythingIsRead() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));

        // When
        clocks.prove(EVENTS, new Proof(1_000, 0, 0));

        // Then
        assertThat(clock.nowMs()).isEqualTo(950);
        assertThat(clocks.readings()).containsEntry(TASK, 950L);
    }

    @Test
    void shouldWaitForTheSlowestTopicWhenATaskReadsSeveral() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS, SIBLING));
        clocks.prove(EVENTS, new Proof(2_000, 0, 0));
        assertThat(clock.nowMs()).isEqualTo(AuditClock.UNSET);

        // When
        clocks.prove(SIBLING, new Proof(1_000, 2, 0));
        clocks.prove(SIBLING, new Proof(2_000, 9, 0));
        clocks.polled(SIBLING, 1, 2);
        clock.processed(SIBLING.topic(), SIBLING.partition(), 0);
        clock.processed(SIBLING.topic(), SIBLING.partition(), 1);

        // Then
        assertThat(clock.nowMs()).isEqualTo(950);
    }

    @Test
    void shouldForgetWhatAnEarlierLifeHadReadWhenTheTaskIsOpenedAnew() {
        // Given
        AuditClock first = clocks.open(TASK, Set.of(EVENTS));
        clocks.polled(EVENTS, 9, 10);
        first.processed(EVENTS.topic(), EVENTS.partition(), 9);
        clocks.prove(EVENTS, new Proof(1_000, 10, 0));
        assertThat(first.nowMs()).isEqualTo(950);
        first.close();

        // When
        AuditClock second = clocks.open(TASK, Set.of(EVENTS));
        clocks.prove(EVENTS, new Proof(2_000, 10, 0));

        // Then
        assertThat(second.nowMs()).isEqualTo(AuditClock.UNSET);
    }

    @Test
    void shouldAskForTheCommittedOffsetAgainWhenTheTaskIsOpenedAnew() {
        // Given
        clocks.open(TASK, Set.of(EVENTS)).close();
        clocks.open(TASK, Set.of(EVENTS));
        AuditClocks.Life old = clocks.livesWithoutCommitted().get(0);
        AuditClock second = clocks.open(TASK, Set.of(EVENTS));

        // When
        old.committed(10);

        // Then
        clocks.prove(EVENTS, new Proof(1_000, 10, 0));
        assertThat(second.nowMs()).isEqualTo(AuditClock.UNSET);
        assertThat(clocks.livesWithoutCommitted())
                .singleElement()
                .extracting(AuditClocks.Life::partition)
                .isEqualTo(EVENTS);
    }

    @Test
    void shouldCountTheCommittedOffsetWhenItIsGivenToTheLifeThatAsked() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));
        clocks.prove(EVENTS, new Proof(1_000, 10, 0));

        // When
        clocks.livesWithoutCommitted().forEach(life -> life.committed(10));

        // Then
        assertThat(clock.nowMs()).isEqualTo(950);
        assertThat(clocks.livesWithoutCommitted()).isEmpty();
    }

    @Test
    void shouldKeepTheNewLifeWhenTheOldOneIsClosedAfterIt() {
        // Given
        AuditClock old = clocks.open(TASK, Set.of(EVENTS));
        AuditClock current = clocks.open(TASK, Set.of(EVENTS));

        // When
        old.close();

        // Then
        clocks.prove(EVENTS, new Proof(1_000, 0, 0));
        assertThat(current.nowMs()).isEqualTo(950);
        assertThat(clocks.partitions()).containsExactly(EVENTS);
        assertThat(clocks.readings()).containsOnlyKeys(TASK);
    }

    @Test
    void shouldHoldNothingWhenTheTaskIsClosed() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));

        // When
        clock.close();

        // Then
        assertThat(clocks.partitions()).isEmpty();
        assertThat(clocks.livesWithoutCommitted()).isEmpty();
        clocks.prove(EVENTS, new Proof(1_000, 0, 0));
        assertThat(clocks.readings()).isEmpty();
    }

    @Test
    void shouldNotGoBackWhenALaterProofIsOlder() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));
        clocks.prove(EVENTS, new Proof(2_000, 0, 0));
        assertThat(clock.nowMs()).isEqualTo(1_950);

        // When
        clocks.prove(EVENTS, new Proof(1_000, 0, 0));

        // Then
        assertThat(clock.nowMs()).isEqualTo(1_950);
    }

    @Test
    void shouldReadAnotherTopicWhenTheResetIsKnownBeforeWhatEarlierLivesHaveRead() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));
        clocks.livesWithoutCommitted().forEach(AuditClocks.Life::beganAnew);

        // When
        clock.readBefore(Map.of(EVENTS.topic(), new Uuid(0, 1)));

        // Then
        assertThat(clocks.isSameTopic(EVENTS, new Uuid(0, 2))).isTrue();
    }

    @Test
    void shouldCountNoProofOfAnotherTopicThatCameBeforeWhatEarlierLivesHaveRead() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));
        clocks.isSameTopic(EVENTS, new Uuid(0, 2));
        clocks.prove(EVENTS, new Proof(1_000, 0, 0));
        clocks.prove(EVENTS, new Proof(2_000, 0, 0));

        // When
        clock.readBefore(Map.of(EVENTS.topic(), new Uuid(0, 1)));

        // Then
        assertThat(clock.nowMs()).isEqualTo(AuditClock.UNSET);
        assertThat(clocks.isSameTopic(EVENTS, new Uuid(0, 2))).isFalse();
    }

    @Test
    void shouldIgnoreRecordsWhenTheyAreOfNoSourceOfTheTask() {
        // Given
        AuditClock clock = clocks.open(TASK, Set.of(EVENTS));
        clocks.polled(SIBLING, 9, 10);

        // When
        clock.processed(SIBLING.topic(), SIBLING.partition(), 9);

        // Then
        assertThat(clocks.partitions()).containsExactly(EVENTS);
        assertThat(clock.nowMs()).isEqualTo(AuditClock.UNSET);
    }
}
