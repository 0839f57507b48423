package io.foundling.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which proofs a partition has reached, and what was deleted unread. Proves rules T7 and A4. */
final class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress("audit.events");

    @Test
    void shouldReachEveryProofWhenTheTopicIsQuiet() {
        // Given
        read(0, 9);
        prove(100, 10, 0);
        assertThat(progress.reachedMs()).isEqualTo(100);

        // When
        prove(200, 10, 0);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(200);
    }

    @Test
    void shouldReachAProofWhenThePartitionNeverHadAnEvent() {
        // Given
        progress.committed(-1);

        // When
        prove(100, 0, 0);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldReachAProofWhenRetentionHasEmptiedThePartition() {
        // Given
        progress.committed(-1);

        // When
        prove(100, 57, 57);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldReachAProofWhenRetentionDeletesPastTheWatermarkBeforeTheLogStartIsAsked() {
        // Given
        progress.committed(-1);

        // When
        prove(100, 57, 60);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldReachAProofWhenRetentionEmptiesThePartitionDuringABacklog() {
        // Given
        read(0, 9);
        prove(100, 90, 0);
        assertThat(progress.reachedMs()).isEqualTo(AuditClock.UNSET);

        // When
        prove(200, 95, 95);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(200);
    }

    @Test
    void shouldWaitForFetchedRecordsWhenRetentionDeletesThemBehindTheConsumer() {
        // Given
        progress.polled(9, 10);
        progress.processed(3);

        // When
        prove(100, 10, 10);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(AuditClock.UNSET);
        process(4, 9);
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldNotReachAProofWhenTwoHoursOfBacklogAreUnread() {
        // Given
        prove(100, 7_200, 0);

        // When
        read(0, 7_198);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(AuditClock.UNSET);
    }

    @Test
    void shouldCountAProofLaterWhenWhatItSawHasBeenProcessed() {
        // Given
        prove(100, 7_200, 0);
        prove(200, 7_300, 0);

        // When
        read(0, 7_199);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldNotCountFetchedRecordsWhenTheyAreNotProcessed() {
        // Given
        progress.polled(9, 10);
        prove(100, 10, 0);

        // When
        process(0, 8);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(AuditClock.UNSET);
        process(9, 9);
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldPauseWhenATransactionHangsBelowTheHighWatermark() {
        // Given
        read(0, 9);
        prove(100, 10, 0);

        // When
        prove(200, 12, 0);
        prove(300, 15, 0);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldGoOnWhenTheHangingTransactionIsAborted() {
        // Given
        read(0, 9);
        prove(200, 12, 0);

        // When
        progress.polled(-1, 13);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(200);
    }

    @Test
    void shouldCountMarkersBehindTheLastRecordWhenThatIsProcessed() {
        // Given
        progress.polled(9, 11);
        prove(100, 11, 0);

        // When
        process(0, 9);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldReadPastAbortedRecordsAtTheTailWhenTheCommittedOffsetIsBeforeThem() {
        // Given
        progress.committed(10);
        prove(100, 14, 0);
        assertThat(progress.reachedMs()).isEqualTo(AuditClock.UNSET);

        // When
        progress.polled(-1, 14);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldTrustTheCommittedOffsetWhenNoPollHasAdvancedYet() {
        // Given
        prove(100, 10, 0);
        assertThat(progress.reachedMs()).isEqualTo(AuditClock.UNSET);

        // When
        progress.committed(10);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    @Test
    void shouldAskForTheCommittedOffsetOnceWhenThereIsNone() {
        // Given
        assertThat(progress.needsCommitted()).isTrue();

        // When
        progress.committed(-1);

        // Then
        assertThat(progress.needsCommitted()).isFalse();
    }

    @Test
    void shouldKeepEveryOtherProofWhenTooManyPileUp() {
        // Given
        for (int i = 1; i <= PartitionProgress.MAX_PENDING + 1; i++) {
            prove(i, 10 * i, 0);
        }

        // When
        read(0, 20);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(1);
        read(21, 10 * PartitionProgress.MAX_PENDING + 10);
        assertThat(progress.reachedMs()).isEqualTo(PartitionProgress.MAX_PENDING + 1);
    }

    @Test
    void shouldReachTheNewestOfEqualProofsWhenABacklogDoesNotMove() {
        // Given
        prove(100, 10, 0);
        prove(200, 10, 0);

        // When
        read(0, 9);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(200);
    }

    @Test
    void shouldNotGoBackWhenAProofIsOlderThanOneThatCounted() {
        // Given
        read(0, 9);
        prove(200, 10, 0);

        // When
        prove(100, 10, 0);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(200);
    }

    @Test
    void shouldReportDeletedOffsetsOnceWhenTheyWereNotRead() {
        // Given
        progress.committed(10);

        // When
        prove(100, 90, 25);
        prove(200, 90, 25);
        prove(300, 90, 30);

        // Then
        assertThat(progress.takeGaps()).containsExactly(gap(10, 25), gap(25, 30));
    }

    @Test
    void shouldReportNoGapWhenNothingWasEverCommitted() {
        // Given
        progress.committed(-1);

        // When
        prove(100, 90, 25);

        // Then
        assertThat(progress.takeGaps()).isEmpty();
    }

    @Test
    void shouldReportTheGapWhenTheFirstPollCameBeforeTheCommittedOffsetWasRead() {
        // Given
        read(25, 40);
        progress.committed(10);

        // When
        prove(100, 90, 25);

        // Then
        assertThat(progress.takeGaps()).containsExactly(gap(10, 25));
        prove(200, 90, 30);
        assertThat(progress.takeGaps()).isEmpty();
    }

    @Test
    void shouldHandOverWhatWasDeletedOnce() {
        // Given
        progress.committed(10);
        prove(1, 100, 52);

        // When
        List<Gap> first = progress.takeGaps();
        List<Gap> second = progress.takeGaps();

        // Then
        assertThat(first).containsExactly(gap(10, 52));
        assertThat(second).isEmpty();
    }

    @Test
    void shouldTrustTheCommittedOffsetWhileNothingOfAPollIsProcessed() {
        // Given
        progress.committed(10);
        progress.polled(19, 20);

        // When
        prove(100, 10, 0);
        prove(200, 11, 0);

        // Then
        assertThat(progress.reachedMs()).isEqualTo(100);
    }

    private void read(long first, long last) {
        progress.polled(last, last + 1);
        process(first, last);
    }

    private void process(long first, long last) {
        for (long offset = first; offset <= last; offset++) {
            progress.processed(offset);
        }
    }

    private void prove(long timeMs, long highWatermark, long logStart) {
        progress.prove(new Proof(timeMs, highWatermark, logStart));
    }

    private static Gap gap(long from, long to) {
        return new Gap("audit.events", from, to);
    }
}
