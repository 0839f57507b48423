package io.foundling.topology.silence;

import java.util.ArrayList;
import java.util.List;

/** How often one source was heard since that was sent last. An event makes no object, unless its hour is another one. */
final class HeardLately {

    private final List<HeardHour> before = new ArrayList<>(0);
    private long hour;
    private long minutes;
    private long events;
    private long lastMs = Long.MIN_VALUE;
    private long latenessMs;

    HeardLately() {}

    /** Makes one of a source that was heard in an earlier life of the task, whose events are counted. */
    HeardLately(long heardMs, long lateMs) {
        hour = HeardHour.number(heardMs);
        lastMs = heardMs;
        latenessMs = lateMs;
    }

    void add(long atMs, long eventLatenessMs) {
        latenessMs = Math.max(latenessMs, eventLatenessMs);
        lastMs = Math.max(lastMs, atMs);
        long hourOfEvent = HeardHour.number(atMs);
        if (hourOfEvent != hour && events > 0) {
            before.add(new HeardHour(hour, minutes, events));
            minutes = 0;
            events = 0;
        }
        hour = hourOfEvent;
        minutes |= HeardHour.minuteOf(atMs);
        events++;
    }

    /** Returns what is to be sent, by hours; one a week before the last is not asked for any more. */
    List<HeardNote.Line> lines(String source) {
        List<HeardNote.Line> lines = new ArrayList<>(before.size() + 1);
        before.add(new HeardHour(hour, minutes, events));
        for (HeardHour each : before) {
            if (each.hour() >= HeardHour.number(lastMs) - HeardHour.WEEK) {
                lines.add(new HeardNote.Line(source, lastMs, latenessMs, each));
            }
        }
        return lines;
    }
}
