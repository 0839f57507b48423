package io.foundling.client.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at a partition once a second, as the watch does; an event waits for it from the start. */
class PartitionProgressTest {

    private static final int LEADER = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Watch WATCH = new Watch(PATIENCE, Duration.ofSeconds(15), 0);

    private final PartitionProgress partition = new PartitionProgress();
    private long nowSeconds = Long.MAX_VALUE / 1_000_000_000L - 30; // System.nanoTime may overflow at any time.
    private double answers;

    @BeforeEach
    void handAnEvent() {
        partition.handed();
        look(LEADER, 1);
    }

    @Test
    void shouldBeStuckWhenItsLeaderAnswersAndNoEventGetsAnOutcome() {
        // When
        int seconds = secondsUntilStuck(LEADER, 1);

        // Then
        assertThat(seconds).isEqualTo(PATIENCE.toSeconds());
    }

    @Test
    void shouldNotBeStuckWhenEventsGetOutcomesHoweverLateEachOneIs() {
        for (int minute = 0; minute < 10; minute++) {
            // Given
            partition.handed();

            // When
            boolean stuck = lookFor(PATIENCE.toSeconds() - 1, LEADER, 1);
            partition.answered();

            // Then
            assertThat(stuck).isFalse();
        }
    }

    @Test
    void shouldNotBeStuckWhenNoEventWaits() {
        // Given
        partition.answered();

        // When
        boolean stuck = lookFor(600, LEADER, 1);

        // Then
        assertThat(stuck).isFalse();
    }

    @Test
    void shouldNotBeStuckWhenTheProducerRefusesTheEvent() {
        // Given
        partition.refused();

        // When
        boolean stuck = lookFor(600, LEADER, 1);

        // Then
        assertThat(stuck).isFalse();
    }

    @Test
    void shouldNotBeStuckWhenItHasNoLeader() {
        // When
        boolean stuck = lookFor(600, PartitionProgress.NO_LEADER, 1);

        // Then
        assertThat(stuck).isFalse();
    }

    @Test
    void shouldNotBeStuckWhenItsLeaderIsAway() {
        // When
        boolean stuck = lookFor(600, LEADER, 0);

        // Then
        assertThat(stuck).isFalse();
    }

    @Test
    void shouldNotBeStuckWhenItsLeaderAnswersSlowly() {
        for (int round = 0; round < 100; round++) {
            // When
            boolean stuck = look(LEADER, 1) || lookFor(5, LEADER, 0);

            // Then
            assertThat(stuck).isFalse();
        }
    }

    @Test
    void shouldNotBeStuckWhenFewerRequestsWereAnsweredThanMayBeUnderWay() {
        for (int answer = 1; answer < PartitionProgress.ANSWERS; answer++) {
            // When
            boolean stuck = look(LEADER, 1) || lookFor(3, LEADER, 0);

            // Then
            assertThat(stuck).isFalse();
        }
    }

    @Test
    void shouldBeginAgainWhenItsLeaderComesBack() {
        // Given
        lookFor(600, LEADER, 0);

        // When
        int seconds = secondsUntilStuck(LEADER, 100);

        // Then
        assertThat(seconds).isGreaterThanOrEqualTo((int) PATIENCE.toSeconds());
    }

    @Test
    void shouldBeginAgainWhenItGetsAnotherLeader() {
        // Given
        lookFor(PATIENCE.toSeconds() - 1, LEADER, 1);

        // When
        int seconds = secondsUntilStuck(LEADER + 1, 1);

        // Then
        assertThat(seconds).isGreaterThan((int) PATIENCE.toSeconds());
    }

    @Test
    void shouldBeginAgainWhenNothingWaitedForAWhile() {
        // Given
        partition.answered();
        look(LEADER, 1);
        look(LEADER, 1);
        nowSeconds += 14;
        answers += 14;
        partition.handed();

        // When
        int seconds = secondsUntilStuck(LEADER, 1);

        // Then
        assertThat(seconds).isEqualTo(1 + (int) PATIENCE.toSeconds());
    }

    @Test
    void shouldBeginAgainWhenNobodyLookedForAWhile() {
        // Given
        nowSeconds += 15;

        // When
        int seconds = secondsUntilStuck(LEADER, 10);

        // Then
        assertThat(seconds).isEqualTo(1 + (int) PATIENCE.toSeconds());
    }

    @Test
    void shouldBeStuckWhenLooksAreRareBecauseTheBufferIsFull() {
        for (int look = 1; look <= 2; look++) {
            // When
            nowSeconds += 10;
            boolean stuck = look(LEADER, 10);

            // Then
            assertThat(stuck).isEqualTo(look == 2);
        }
    }

    private int secondsUntilStuck(int leader, int answersASecond) {
        int seconds = 1;
        while (!look(leader, answersASecond)) {
            seconds++;
            assertThat(seconds).isLessThan(600);
        }
        return seconds;
    }

    private boolean lookFor(long seconds, int leader, int answersASecond) {
        boolean stuck = false;
        for (long second = 0; second < seconds; second++) {
            stuck |= look(leader, answersASecond);
        }
        return stuck;
    }

    private boolean look(int leader, int newAnswers) {
        nowSeconds++;
        answers += newAnswers;
        return partition.isStuck(nowSeconds * 1_000_000_000L, leader, answers, WATCH);
    }
}
