package io.foundling.console.delivery.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.console.delivery.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final TopicPartition FIRST = new TopicPartition("alerts", 0);

    private final FakeClock clock = new FakeClock();
    private final List<Duration> polls = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest") {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.add(timeout);
            return super.poll(timeout);
        }
    };
    private final Ownership ownership = new Ownership(consumer, FIRST.topic(), new Lease(15_000, clock));

    @Test
    void shouldServeWhileItAsksTheGroup() {
        // Given
        isAssigned();

        // When
        clock.passes(Duration.ofMillis(15_000));

        // Then
        assertThat(ownership.poll()).isTrue();
        clock.passes(Duration.ofMillis(15_000));
        assertThat(ownership.poll()).isTrue();
    }

    @Test
    void shouldGiveUpWhenTheProcessWasSuspendedForASession() {
        // Given
        isAssigned();

        // When
        clock.passes(Duration.ofMillis(15_001));

        // Then
        assertThatThrownBy(ownership::poll).hasMessageContaining("longer than session.timeout.ms");
    }

    @Test
    void shouldServeNothingWhenItHasAnotherPartition() {
        // Given
        TopicPartition second = new TopicPartition(FIRST.topic(), 1);
        assertThat(ownership.hasJoined()).isFalse();

        // When
        consumer.updateEndOffsets(Map.of(second, 0L));
        consumer.rebalance(List.of(second));

        // Then
        assertThat(ownership.poll()).isFalse();
        assertThat(ownership.hasJoined()).isTrue();
    }

    @Test
    void shouldServeNoLongerWhenThePartitionIsTakenAway() {
        // Given
        isAssigned();

        // When
        consumer.rebalance(List.of());

        // Then
        assertThat(ownership.poll()).isFalse();
    }

    @Test
    void shouldWaitForItsTurnAsLongAsItTakes() {
        // Given
        clock.passes(Duration.ofHours(1));

        // Then
        assertThat(ownership.poll()).isFalse();
    }

    @Test
    void shouldWaitForTheGroupOnlyWhileItServesNothing() {
        // Given
        ownership.poll();

        // When
        isAssigned();

        // Then: a member that waits does not spin, and an owner has something else to do
        assertThat(polls).containsExactly(Duration.ofMillis(200), Duration.ZERO);
    }

    @Test
    void shouldLeaveTheGroupWhenItIsClosed() {
        // When
        ownership.close();

        // Then
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldReadNothing() {
        // When
        isAssigned();

        // Then
        assertThat(consumer.paused()).containsExactly(FIRST);
    }

    private void isAssigned() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 0L));
        consumer.rebalance(List.of(FIRST));
        assertThat(ownership.poll()).isTrue();
    }
}
