package io.foundling.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which times proofs are noted for. Proves rule T6. */
final class ProofTimeTest {

    private static final TopicPartition EVENTS = new TopicPartition("audit.events", 0);

    private final AtomicLong wallMs = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(-5_000_000);
    private final BrokerTime brokers = new BrokerTime(nanos::get);
    private final ProofTime time = new ProofTime(wallMs::get, brokers);

    @Test
    void shouldFollowTheWallClockWhenItIsSteady() {
        // Given
        pass(250, 250);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_250);
        assertThat(time.skewMs()).isZero();
    }

    @Test
    void shouldNotFollowTheWallClockWhenItStepsForward() {
        // Given
        pass(3_600_250, 250);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_250);
        assertThat(time.skewMs()).isEqualTo(3_600_000);
    }

    @Test
    void shouldFollowTheWallClockWhenItStepsBack() {
        // Given
        pass(-3_600_000, 250);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_000 - 3_600_000);
        assertThat(time.skewMs()).isEqualTo(-3_600_250);
    }

    @Test
    void shouldNoteTheSteadyTimeAgainWhenTheWallClockStepsBackAndForth() {
        // Given
        pass(-3_600_000, 0);
        time.noteMs();

        // When
        pass(7_200_500, 500);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_500);
        assertThat(time.skewMs()).isEqualTo(3_600_000);
    }

    @Test
    void shouldFollowTheWallClockWhenItStepsForwardAndABrokerAgrees() {
        // Given
        pass(3_600_250, 250);
        time.noteMs();

        // When
        appendedAt(1_000_000 + 3_600_250);
        pass(100, 100);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + 3_600_350);
        assertThat(time.skewMs()).isZero();
        assertThat(time.brokerSkewMs()).hasValue(0);
    }

    @Test
    void shouldFollowTheWallClockWhenTheMachineSleptAndABrokerSaysSo() {
        // Given: the monotonic clock stands still meanwhile
        appendedAt(1_000_000);
        time.noteMs();
        pass(3_600_000, 0);
        assertThat(time.noteMs()).isEqualTo(1_000_000);

        // When
        appendedAt(1_000_000 + 3_600_000);
        pass(1, 1);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + 3_600_001);
    }

    @Test
    void shouldGoOnlyAsFarAsTheBrokerWhenTheWallClockStepsFurther() {
        // Given
        pass(3_600_000, 0);
        time.noteMs();

        // When
        appendedAt(1_000_000 + 1_800_000);
        pass(1, 1);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + 1_800_001);
        assertThat(time.brokerSkewMs()).hasValue(1_800_000);
    }

    @Test
    void shouldNeverFollowTheWallClockWhenABrokerContradictsIt() {
        // Given
        pass(3_600_000, 0);
        time.noteMs();
        appendedAt(1_000_000);

        // When
        pass(2 * ProofTime.BELIEVED_AFTER_MS, 2 * ProofTime.BELIEVED_AFTER_MS);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + 2 * ProofTime.BELIEVED_AFTER_MS);
        assertThat(time.brokerSkewMs()).hasValue(3_600_000);
        assertThat(time.skewMs()).isEqualTo(3_600_000);
    }

    @Test
    void shouldFollowTheWallClockAfterAWhileWhenNoBrokerSaysAnything() {
        // Given
        pass(3_600_000, 0);
        time.noteMs();
        pass(ProofTime.BELIEVED_AFTER_MS - 1, ProofTime.BELIEVED_AFTER_MS - 1);
        assertThat(time.noteMs()).isEqualTo(1_000_000 + ProofTime.BELIEVED_AFTER_MS - 1);

        // When
        pass(1, 1);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + 3_600_000 + ProofTime.BELIEVED_AFTER_MS);
        assertThat(time.brokerSkewMs()).isEmpty();
    }

    @Test
    void shouldFollowTheWallClockLaterWhenItStepsAgain() {
        // Given
        pass(3_600_000, 0);
        time.noteMs();
        pass(ProofTime.BELIEVED_AFTER_MS - 1, ProofTime.BELIEVED_AFTER_MS - 1);
        time.noteMs();

        // When
        pass(ProofTime.STEP_MS + 2, 1);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + ProofTime.BELIEVED_AFTER_MS);
    }

    @Test
    void shouldNotUseWhatABrokerSaidBeforeAStep() {
        // Given
        appendedAt(1_000_000);
        time.noteMs();
        pass(3_600_000, 0);
        time.noteMs();

        // When
        pass(ProofTime.BELIEVED_AFTER_MS, ProofTime.BELIEVED_AFTER_MS);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + 3_600_000 + ProofTime.BELIEVED_AFTER_MS);
    }

    @Test
    void shouldNotBeAheadOfTheBrokersWhenTheWallClockIsSoFromTheStart() {
        // Given
        appendedAt(1_000_000 - 3_600_000);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_000 - 3_600_000);
        assertThat(time.brokerSkewMs()).hasValue(3_600_000);
    }

    @Test
    void shouldNotBeAheadOfTheWallClockWhenABrokerIs() {
        // Given
        appendedAt(1_000_000 + 3_600_000);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_000);
        assertThat(time.brokerSkewMs()).hasValue(-3_600_000);
    }

    @Test
    void shouldFollowSmallDifferencesAtOnceAfterAWhile() {
        // Given
        pass(ProofTime.BELIEVED_AFTER_MS, ProofTime.BELIEVED_AFTER_MS);
        time.noteMs();

        // When
        pass(ProofTime.STEP_MS, 0);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + ProofTime.BELIEVED_AFTER_MS + ProofTime.STEP_MS);
    }

    @Test
    void shouldNotStayBehindWhenTheWallClockWasBehindForAWhile() {
        // Given
        pass(-3_600_000, 0);
        time.noteMs();
        pass(ProofTime.BELIEVED_AFTER_MS, ProofTime.BELIEVED_AFTER_MS);
        time.noteMs();

        // When
        pass(3_600_000, 0);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_000 + ProofTime.BELIEVED_AFTER_MS);
    }

    /** A broker stamps a record now, which is read at once. */
    private void appendedAt(long brokerMs) {
        brokers.ends(EVENTS, brokers.monotonicMs(), 0);
        brokers.read(EVENTS, 0, brokerMs);
    }

    private void pass(long wall, long monotonic) {
        wallMs.addAndGet(wall);
        nanos.addAndGet(monotonic * 1_000_000);
    }
}
