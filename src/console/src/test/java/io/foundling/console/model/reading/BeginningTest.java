package io.foundling.console.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.model.position.Position;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BeginningTest {

    private static final Duration KEPT = Duration.ofDays(7);
    private static final long HALF_MS = KEPT.toMillis() / 2;
    private static final Position READ =
            new Position(new TopicPartition("audit.orphans", 2), "id", 3, 50, 40, true, 5, 1_000);

    @Test
    void shouldBeginAtTheFirstOffsetWhenAPartitionWasNeverRead() {
        // Given
        Ends ends = new Ends("id", 10, 60, KEPT);

        // When
        Beginning beginning = Beginning.of(Optional.empty(), ends, true, 0);

        // Then
        assertThat(beginning).isEqualTo(Beginning.NEVER_READ);
        assertThat(Beginning.first(new TopicPartition("audit.orphans", 2), ends, 7))
                .isEqualTo(new Position(new TopicPartition("audit.orphans", 2), "id", 1, 10, 60, true, 7, 0));
    }

    @Test
    void shouldGoOnUntilHalfOfTheTimeHasPassedForWhichTombstonesAreKept() {
        assertThat(compacted(60, 1_000 + HALF_MS)).isEqualTo(Beginning.CONTINUES);
        assertThat(compacted(60, 1_001 + HALF_MS)).isEqualTo(Beginning.AWAY_TOO_LONG);
    }

    @Test
    void shouldGoOnHoweverLongItWasAwayWhenNothingIsUnread() {
        assertThat(compacted(50, Long.MAX_VALUE / 2)).isEqualTo(Beginning.CONTINUES);
    }

    @Test
    void shouldGoOnHoweverLongItWasAwayWhereThereAreNoTombstones() {
        assertThat(Beginning.of(Optional.of(READ), new Ends("id", 0, 60, KEPT), false, Long.MAX_VALUE / 2))
                .isEqualTo(Beginning.CONTINUES);
    }

    @Test
    void shouldReadAnewWhenTheOffsetsDoNotFit() {
        assertThat(compacted(49, 1_000)).isEqualTo(Beginning.OFFSETS_DO_NOT_FIT);
        assertThat(of("id", 51, 60, true)).isEqualTo(Beginning.OFFSETS_DO_NOT_FIT);
        assertThat(of("id", 50, 60, true)).isEqualTo(Beginning.CONTINUES);
    }

    @Test
    void shouldReadAnewWhenTheTopicWasMadeAnew() {
        // When
        Beginning beginning = of("other", 0, 60, true);

        // Then
        assertThat(beginning).isEqualTo(Beginning.TOPIC_MADE_ANEW);
        assertThat(beginning.position(READ, new Ends("other", 0, 60, KEPT), 9))
                .isEqualTo(new Position(new TopicPartition("audit.orphans", 2), "other", 4, 0, 60, false, 9, 0));
    }

    @Test
    void shouldGoOnBehindAGapOfTheTrail() {
        // When
        Beginning beginning = of("id", 55, 60, false);

        // Then
        assertThat(beginning).isEqualTo(Beginning.DELETED_UNREAD);
        assertThat(beginning.position(READ, new Ends("id", 55, 60, KEPT), 9))
                .isEqualTo(new Position(new TopicPartition("audit.orphans", 2), "id", 3, 55, 60, true, 5, 1_000));
    }

    @Test
    void shouldGoOnAtTheNewEndWhenTheTrailHasLostRecordsThatWereRead() {
        // When
        Beginning beginning = of("id", 0, 49, false);

        // Then
        assertThat(beginning).isEqualTo(Beginning.END_IS_GONE);
        assertThat(beginning.position(READ, new Ends("id", 0, 49, KEPT), 9))
                .isEqualTo(new Position(new TopicPartition("audit.orphans", 2), "id", 3, 49, 49, true, 5, 1_000));
    }

    private static Beginning compacted(long end, long nowMs) {
        return Beginning.of(Optional.of(READ), new Ends("id", 0, end, KEPT), true, nowMs);
    }

    private static Beginning of(String topicId, long first, long end, boolean isCompacted) {
        return Beginning.of(Optional.of(READ), new Ends(topicId, first, end, KEPT), isCompacted, 1_000);
    }
}
