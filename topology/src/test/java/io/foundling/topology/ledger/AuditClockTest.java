package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.Proof;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** The ledger under real audit clocks that the test feeds as consumer and prober would. Proves rules T7 and T8. */
final class AuditClockTest {

    private static final TopicPartition EVENTS = new TopicPartition("audit.events", 0);
    private static final TopicPartition LEGACY = new TopicPartition("audit.legacy", 0);
    private static final LedgerSettings SETTINGS = LedgerSettings.defaults(EVENTS.topic(), 1);

    private static final Uuid FIRST = new Uuid(0, 1);
    private static final Uuid MADE_ANEW = new Uuid(0, 2);

    private final AuditClocks clocks = new AuditClocks(SETTINGS.time().allowedLag());

    @Test
    void shouldEmitAWarningWhenTheTopicIsQuiet() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.polled(EVENTS, 0, 1);
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));

            // When
            prove(EVENTS, START.plus(2, HOURS), 1);
            ledger.wallReaches(START.plus(2, HOURS));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldEmitNothingWhenNothingIsProven() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.polled(EVENTS, 1, 2);
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));

            // When
            ledger.wallReaches(START.plus(2, HOURS));
            ledger.send(deferred("r2").at(START.plus(2, HOURS)));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            assertThat(ledger.listener().clockMs()).isEqualTo(AuditClock.UNSET);
        }
    }

    @Test
    void shouldEmitNoFalseWarningWhenTheLedgerIsTwoHoursBehind() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            Instant begun = START.minus(2, HOURS);
            prove(EVENTS, START, 2);
            clocks.polled(EVENTS, 1, 2);
            ledger.send(deferred("r1").at(begun).dueAt(begun.plus(20, MINUTES)), begun);
            ledger.sweep();

            // When
            ledger.send(completed("r1").at(begun.plus(10, MINUTES)), begun.plus(10, MINUTES));
            ledger.sweep();

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            assertThat(ledger.listener().clockMs())
                    .isEqualTo(START.minus(SETTINGS.time().allowedLag()).toEpochMilli());
        }
    }

    @Test
    void shouldEmitNoFalseWarningWhenASiblingTopicIsBehind() {
        LedgerSettings both = Settings.of(SETTINGS).sources(EVENTS.topic(), LEGACY.topic());
        try (LedgerHarness ledger = LedgerHarness.of(both, clocks)) {
            // Given
            prove(EVENTS, START.plus(2, HOURS), 1);
            prove(LEGACY, START.plus(2, HOURS), 1);
            clocks.polled(EVENTS, 0, 1);
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.wallReaches(START.plus(2, HOURS));

            // When
            clocks.polled(LEGACY, 0, 1);
            ledger.send(LEGACY.topic(), completed("r1").at(START.plus(10, MINUTES)), START.plus(10, MINUTES));
            ledger.sweep();

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            assertThat(ledger.listener().clockMs())
                    .isEqualTo(START.plus(2, HOURS)
                            .minus(SETTINGS.time().allowedLag())
                            .toEpochMilli());
        }
    }

    @Test
    void shouldEmitNoFalseWarningWhenATransactionHangs() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.polled(EVENTS, 0, 1);
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            prove(EVENTS, START.plus(2, HOURS), 3);

            // When
            ledger.wallReaches(START.plus(2, HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            clocks.polled(EVENTS, 1, 3);
            ledger.send(completed("r1").at(START.plus(30, MINUTES)), START.plus(30, MINUTES));
            ledger.sweep();
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldEmitNothingNewWhenTheTaskBeginsAnewAndHasReadNothing() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.polled(EVENTS, 0, 1);
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.restart();

            // When
            prove(EVENTS, START.plus(2, HOURS), 1);
            ledger.wallReaches(START.plus(2, HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            clocks.livesWithoutCommitted().forEach(life -> life.committed(1));
            ledger.sweep();
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldNotMoveWhenAnEventIsFrom2099() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.polled(EVENTS, 1, 2);
            prove(EVENTS, START, 0);
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            Instant future = Instant.parse("2099-12-31T23:59:59Z");

            // When
            ledger.send(deferred("r2").at(future));
            ledger.sweep();

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            assertThat(ledger.disposition("r2").getEnteredAt()).isEqualTo(START);
            assertThat(ledger.violations())
                    .singleElement()
                    .extracting(Violation::getType, Violation::getOccurredAt)
                    .containsExactly(ViolationType.FUTURE_TIMESTAMP, future);
        }
    }

    @Test
    void shouldCountUnreadableRecordsAsProcessed() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.polled(EVENTS, 0, 1);
            prove(EVENTS, START, 1);

            // When
            ledger.sendBytes(new byte[] {1}, new byte[] {2});
            ledger.sweep();

            // Then
            assertThat(ledger.listener().clockMs())
                    .isEqualTo(START.minus(SETTINGS.time().allowedLag()).toEpochMilli());
        }
    }

    @Test
    void shouldKnowWhichTopicItReadWhenTheTaskBeginsAnew() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            assertThat(clocks.isSameTopic(EVENTS, FIRST)).isTrue();
            ledger.sweep();

            // When
            ledger.restart();

            // Then
            assertThat(clocks.isSameTopic(EVENTS, MADE_ANEW)).isFalse();
            assertThat(clocks.isSameTopic(EVENTS, FIRST)).isTrue();
        }
    }

    @Test
    void shouldReadTheNewTopicForGoodWhenTheGroupWasReset() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.isSameTopic(EVENTS, FIRST);
            ledger.sweep();
            ledger.restart();

            // When
            clocks.livesWithoutCommitted().forEach(AuditClocks.Life::beganAnew);
            assertThat(clocks.isSameTopic(EVENTS, MADE_ANEW)).isTrue();
            ledger.sweep();
            ledger.restart();

            // Then
            assertThat(clocks.isSameTopic(EVENTS, FIRST)).isFalse();
            assertThat(clocks.isSameTopic(EVENTS, MADE_ANEW)).isTrue();
        }
    }

    /** Proves rule A4. */
    @Test
    void shouldCountTheOffsetsOfANewTopicFromItsBeginning() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS, clocks)) {
            // Given
            clocks.isSameTopic(EVENTS, FIRST);
            clocks.livesWithoutCommitted().forEach(life -> life.committed(10));
            clocks.prove(EVENTS, new Proof(START.toEpochMilli(), 90, 51));
            ledger.sweep();
            ledger.restart();

            // When
            clocks.livesWithoutCommitted().forEach(life -> {
                life.beganAnew();
                life.committed(0);
            });
            clocks.isSameTopic(EVENTS, MADE_ANEW);
            clocks.prove(EVENTS, new Proof(START.toEpochMilli(), 9, 5));
            ledger.sweep();

            // Then
            assertThat(ledger.listener().gap(EVENTS.topic())).isEqualTo(41 + 5);
        }
    }

    private void prove(TopicPartition partition, Instant time, long highWatermark) {
        clocks.prove(partition, new Proof(time.toEpochMilli(), highWatermark, 0));
    }
}
