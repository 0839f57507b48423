package io.foundling.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What append times say about the clocks of brokers. Proves rule T6. */
final class BrokerTimeTest {

    private static final TopicPartition FIRST = new TopicPartition("audit.events", 0);
    private static final TopicPartition SECOND = new TopicPartition("audit.events", 1);
    private static final TopicPartition THIRD = new TopicPartition("audit.events", 2);

    private final AtomicLong nowMs = new AtomicLong();
    private final BrokerTime brokers = new BrokerTime(() -> nowMs.get() * 1_000_000);

    @Test
    void shouldKnowNothingWhenARecordWasAppendedBeforeTheQuestion() {
        // Given
        brokers.ends(FIRST, 100, 10);

        // When
        readAt(200, FIRST, 9, 1_100);

        // Then
        assertThat(brokers.bounds()).isEmpty();
    }

    @Test
    void shouldKnowNothingWhenNoEndWasAskedFor() {
        // When
        readAt(200, FIRST, 9, 1_100);

        // Then
        assertThat(brokers.bounds()).isEmpty();
    }

    @Test
    void shouldBoundTheDifferenceByQuestionAndReading() {
        // Given
        brokers.ends(FIRST, 100, 10);

        // When
        readAt(200, FIRST, 10, 1_150);

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(950, 1_050));
    }

    @Test
    void shouldTakeTheQuestionBeforeWhenTheRecordIsBeforeTheLastEnd() {
        // Given
        brokers.ends(FIRST, 100, 10);
        brokers.ends(FIRST, 600, 20);

        // When
        readAt(700, FIRST, 15, 1_150);

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(450, 1_050));
    }

    @Test
    void shouldNarrowTheBoundsWhenMoreIsRead() {
        // Given
        brokers.ends(FIRST, 100, 10);
        readAt(200, FIRST, 10, 1_150);

        // When
        readAt(201, FIRST, 11, 1_190);

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(989, 1_050));
    }

    @Test
    void shouldBelieveTheLaterWhenBoundsContradictEachOther() {
        // Given
        brokers.ends(FIRST, 100, 10);
        readAt(200, FIRST, 10, 1_150);

        // When
        readAt(210, FIRST, 11, 1_261);

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(1_051, 1_161));
    }

    @Test
    void shouldNotCountOneWrongBrokerOfThree() {
        // Given
        observe(FIRST, 1_000);
        observe(SECOND, 1_001);

        // When
        observe(THIRD, 3_601_000);

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(1_001, 1_001));
        observe(THIRD, -3_600_000);
        assertThat(brokers.bounds()).contains(new ClockBounds(1_000, 1_000));
    }

    @Test
    void shouldBelieveTheSlowerOneOfTwo() {
        // When
        observe(FIRST, 1_000);
        observe(SECOND, 3_601_000);

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(1_000, 1_000));
    }

    @Test
    void shouldAskTheControllerOnlyWhileNoPartitionSaysAnything() {
        // Given
        nowMs.set(100);
        brokers.controller(90, 500);
        assertThat(brokers.bounds()).contains(new ClockBounds(400, 410));

        // When
        observe(FIRST, 1_000);

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(1_000, 1_000));
    }

    @Test
    void shouldKnowNothingWhenEverythingIsForgotten() {
        // Given
        observe(FIRST, 1_000);
        brokers.controller(90, 500);

        // When
        brokers.forget();

        // Then
        assertThat(brokers.bounds()).isEmpty();
        readAt(200, FIRST, 10, 1_150);
        assertThat(brokers.bounds()).isEmpty();
    }

    private void readAt(long ms, TopicPartition partition, long offset, long appendedAtMs) {
        nowMs.set(ms);
        brokers.read(partition, offset, appendedAtMs);
    }

    /** Lets the leader of a partition be ahead by this much. */
    private void observe(TopicPartition partition, long aheadMs) {
        brokers.ends(partition, nowMs.get(), 0);
        brokers.read(partition, 0, nowMs.get() + aheadMs);
    }
}
