package io.foundling.client.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a link replaces its producer because of a partition; a test is as fast as its clock. */
@Tag("kafka-clients")
class StuckPartitionTest extends LinkHarness {

    @Test
    void shouldReplaceTheProducerWhenOnePartitionIsStuckWhileTheOthersGoOn() {
        // Given
        hand(STUCK);

        // When
        int seconds = secondsUntilReplaced();

        // Then
        assertThat(seconds).isBetween((int) Watch.PATIENCE.toSeconds(), 2 + (int) Watch.PATIENCE.toSeconds());
        assertThat(made.get(0).closed()).isTrue();
        assertThat(failures).hasSize(1).allMatch(SendFailures::isOfTheProducer);
    }

    @Test
    void shouldReplaceTheProducerWhenOnlyTheStuckPartitionHasEvents() {
        // Given
        hand(STUCK);

        // When
        pass(Duration.ofMinutes(1), false);

        // Then
        assertThat(made.get(0).closed()).isTrue();
    }

    @Test
    void shouldKeepTheProducerWhenAPartitionHasNoLeader() {
        // Given
        hand(STUCK);
        made.get(0).leaderless(STUCK);

        // When
        pass(Duration.ofHours(1), true);

        // Then
        assertThat(made.get(0).closed()).isFalse();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldKeepTheProducerWhenMostReplicasOfAPartitionAreAway() {
        // Given
        hand(STUCK);
        made.get(0).withoutReplicas(STUCK);

        // When
        pass(Duration.ofHours(1), true);

        // Then
        assertThat(made.get(0).closed()).isFalse();
    }

    @Test
    void shouldKeepTheProducerWhenTheBrokerIsAway() {
        // Given
        hand(STUCK);
        made.get(0).away();

        // When
        pass(Duration.ofHours(1), false);

        // Then
        assertThat(made.get(0).closed()).isFalse();
    }

    @Test
    void shouldWaitTwiceAsLongEachTimeWhenReplacingDoesNotHelp() {
        // When
        List<Integer> waited = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            hand(STUCK);
            waited.add(secondsUntilReplaced());
        }

        // Then
        assertThat(waited.get(0)).isBetween(20, 22);
        assertThat(waited.get(1)).isBetween(40, 42);
        assertThat(waited.get(2)).isBetween(80, 82);
        assertThat(waited.get(6)).isBetween(600, 602);
    }

    @Test
    void shouldNotWaitLongerWhenReplacingHasHelped() {
        // Given
        hand(STUCK);
        secondsUntilReplaced();
        hand(STUCK);
        made.get(1).answer(STUCK);
        hand(STUCK);
        secondsUntilReplaced();
        hand(STUCK);

        // When
        int seconds = secondsUntilReplaced();

        // Then
        assertThat(seconds).isBetween(20, 22);
    }

    @Test
    void shouldNotWaitLongerWithAPartitionThatAnswersAgain() {
        // Given
        hand(STUCK);
        secondsUntilReplaced();
        hand(STUCK);
        made.get(1).answer(STUCK);
        hand(STUCK);

        // When
        int seconds = secondsUntilReplaced();

        // Then
        assertThat(seconds).isBetween(20, 22);
    }

    @Test
    void shouldKeepTheProducerWhenNothingWaitedForAMinute() {
        // Given
        hand(0);
        pass(Duration.ofSeconds(1), false);
        made.get(0).answer(0);
        pass(Duration.ofMinutes(1), false);
        hand(STUCK);

        // When
        pass(Watch.PATIENCE.minusSeconds(1), false);

        // Then
        assertThat(made.get(0).closed()).isFalse();
    }

    @Test
    void shouldKeepTheProducerWhenTheProcessWasPaused() {
        // Given
        hand(STUCK);
        pass(Duration.ofSeconds(1), true);
        nowNanos += Duration.ofMinutes(1).toNanos();
        IntStream.range(0, 100).forEach(i -> made.get(0).countAnAnswer());

        // When
        pass(Watch.PATIENCE.minusSeconds(1), true);

        // Then
        assertThat(made.get(0).closed()).isFalse();
    }

    @Test
    void shouldKeepTheProducerWhenNobodyWatches() {
        // Given
        link = link(Optional.empty());
        hand(STUCK);

        // When
        pass(Duration.ofHours(1), true);

        // Then
        assertThat(made.get(0).closed()).isFalse();
    }

    @Test
    void shouldWatchThePartitionsThatATopicGets() {
        // Given
        hand(0);
        made.get(0).partitions(PARTITIONS + 1);
        pass(Duration.ofSeconds(2), false);
        made.get(0).answer(0);
        hand(PARTITIONS, PARTITIONS + 1);

        // When
        pass(Duration.ofMinutes(1), false);

        // Then
        assertThat(made.get(0).closed()).isTrue();
    }

    @Test
    void shouldNotCallAFullBufferProgress() {
        // Given
        hand(STUCK);

        // When
        for (int second = 0; second < 60 && !made.get(0).closed(); second++) {
            made.get(0).refuseNext(new TimeoutException("the buffer is full"));
            assertThat(handed(STUCK, PARTITIONS)).isPresent();
            pass(Duration.ofSeconds(1), false);
        }

        // Then
        assertThat(made.get(0).closed()).isTrue();
    }
}
