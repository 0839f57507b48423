package io.foundling.topology.lifecycle.naive.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The delays of sources, from every late event that changed its subject (rules T5 and T16). */
public final class NaiveDelays {

    private final long lateAfterMs;
    private final long graceMs;
    private final long maxHoldMs;
    private final List<Late> events = new ArrayList<>();

    private record Late(String source, long appendedAtMs, long latenessMs) {}

    public NaiveDelays(long lateAfterMs, long graceMs, long maxHoldMs) {
        this.lateAfterMs = lateAfterMs;
        this.graceMs = graceMs;
        this.maxHoldMs = maxHoldMs;
    }

    /** Takes an event in that changed its subject. */
    public void read(String source, long appendedAtMs, long occurredAtMs) {
        if (appendedAtMs - occurredAtMs > lateAfterMs) {
            events.add(new Late(source, appendedAtMs, appendedAtMs - occurredAtMs));
        }
    }

    /** Returns the delay of a source at a time of the clock. */
    public long delayMs(String source, long clockMs) {
        return events.stream()
                .filter(event -> event.source().equals(source) && clockMs <= event.appendedAtMs() + memoryMs(event))
                .mapToLong(event -> rounded(event.latenessMs()))
                .max()
                .orElse(0);
    }

    private long memoryMs(Late event) {
        return event.latenessMs() > maxHoldMs || event.latenessMs() < graceMs ? graceMs : event.latenessMs();
    }

    /** The values that there are: multiples of 10 s to 160 s, then the upper half of such a row, doubled each time. */
    private static long rounded(long latenessMs) {
        for (long step = 10_000; ; step *= 2) {
            long size = step;
            LongStream row = LongStream.rangeClosed(1, 16).map(steps -> steps * size);
            long found = row.filter(value -> value >= latenessMs).findFirst().orElse(0);
            if (found > 0) {
                return found;
            }
        }
    }

    /** Whether a time that was given then is due for a subject of a source. */
    public boolean isDue(String source, long timeMs, long givenMs, long clockMs) {
        return clockMs - delayMs(source, clockMs) > timeMs || clockMs > Math.max(timeMs, givenMs) + maxHoldMs;
    }
}
