package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.policies.RecordedEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrialProgressTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void shouldPrintALineEveryTenSeconds() {
        // Given
        AtomicLong nanos = new AtomicLong();
        StringWriter err = new StringWriter();
        Iterator<RecordedEvent> trail = LongStream.range(0, 2_001)
                .mapToObj(offset ->
                        new RecordedEvent("audit.events", 0, offset, NOON.toEpochMilli() + offset, new byte[0], null))
                .iterator();
        TrialProgress progress = new TrialProgress(trail, new PrintWriter(err, true), nanos::get);

        // When
        while (progress.hasNext()) {
            progress.next();
            nanos.addAndGet(Duration.ofMillis(10).toNanos());
        }

        // Then
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("... 1,001 events read, the last appended at 2026-11-30T12:00:01Z\n"
                        + "... 2,001 events read, the last appended at 2026-11-30T12:00:02Z\n");
    }
}
