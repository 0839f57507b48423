package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelineDrawingTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void shouldDrawEachStatusAfterTheOneBeforeAndTheEndOfTheAttempt() throws Exception {
        // When
        Timeline timeline = timeline("""
                {"status": "COMPLETED", "attempt": 1, "enteredAt": "2026-11-30T10:00:00Z",
                 "firstOccurredAt": "2026-11-30T08:00:00Z", "lastOccurredAt": "2026-11-30T10:00:00Z",
                 "history": [{"attempt": 1, "status": "COMPLETED", "startedAt": "2026-11-30T08:00:00Z",
                   "entered": [{"status": "OPEN", "at": "2026-11-30T08:00:00Z"},
                               {"status": "PENDING", "at": "2026-11-30T09:00:00Z"},
                               {"status": "COMPLETED", "at": "2026-11-30T10:00:00Z"}]}]}""");

        // Then
        Timeline.Lane lane = timeline.lanes().get(0);
        assertThat(lane.bars()).extracting(Timeline.Bar::tone).containsExactly("open", "pending");
        assertThat(lane.bars().get(0).x() + lane.bars().get(0).width())
                .isEqualTo(lane.bars().get(1).x());
        assertThat(lane.ends()).extracting(Timeline.End::label).containsExactly("Completed");
        assertThat(timeline.now()).isEmpty();
    }

    @Test
    void shouldDrawWhatAwaitsUpToNowAndItsOrphanMark() throws Exception {
        // When
        Timeline timeline = timeline("""
                {"status": "DEFERRED", "attempt": 1, "enteredAt": "2026-11-30T08:00:00Z",
                 "firstOccurredAt": "2026-11-30T08:00:00Z", "lastOccurredAt": "2026-11-30T08:00:00Z",
                 "deadline": {"at": "2026-11-30T10:00:00Z", "grace": 0, "rule": "dueAt"},
                 "marks": [{"attempt": 1, "startsAt": "2026-11-30T10:00:00Z", "recoveredAt": null, "unknown": false}],
                 "history": [{"attempt": 1, "status": "DEFERRED", "startedAt": "2026-11-30T08:00:00Z",
                   "entered": [{"status": "DEFERRED", "at": "2026-11-30T08:00:00Z"}]}]}""");

        // Then
        Timeline.Lane lane = timeline.lanes().get(0);
        int now = timeline.now().orElseThrow();
        assertThat(lane.bars().get(0).x() + lane.bars().get(0).width()).isEqualTo(now);
        assertThat(lane.orphaned().get(0).tone()).isEqualTo("orphan");
        assertThat(lane.orphaned().get(0).x())
                .isEqualTo(timeline.deadline().orElseThrow().x());
        assertThat(now).isBetween(lane.orphaned().get(0).x(), Timeline.RIGHT);
    }

    /** A subject of one moment, and one of centuries. */
    @Test
    void shouldStayInsideThePictureWhateverTheTimes() throws Exception {
        for (String first : new String[] {"2026-11-30T12:00:00Z", "1926-11-30T12:00:00Z", "-1000000-01-01T00:00:00Z"}) {
            // When
            Timeline timeline = timeline(
                    "{\"status\": \"OPEN\", \"attempt\": 1, \"enteredAt\": \"" + first + "\", \"firstOccurredAt\": \""
                            + first + "\", \"lastOccurredAt\": \"" + first + "\", \"history\": []}");

            // Then
            Timeline.Bar bar = timeline.lanes().get(0).bars().get(0);
            assertThat(bar.x()).isGreaterThanOrEqualTo(Timeline.LEFT);
            assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(Timeline.RIGHT);
            assertThat(timeline.ticks()).hasSizeLessThanOrEqualTo(8);
        }
    }

    private static Timeline timeline(String disposition) throws Exception {
        return TimelineDrawing.of(new Row(new ObjectMapper().readTree(disposition), NOW));
    }
}
