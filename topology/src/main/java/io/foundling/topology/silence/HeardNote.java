package io.foundling.topology.silence;

import java.util.List;
import java.util.Optional;

/**
 * What one partition reports to every other about the sources that it has heard (rule T26).
 *
 * @param watched up to when this is all; empty if more lines of the same report follow
 */
public record HeardNote(int partition, List<Line> lines, Optional<Watched> watched) {

    public HeardNote {
        lines = List.copyOf(lines);
    }

    /**
     * How far a partition has come.
     *
     * @param throughMs its audit clock: it has reported every source that it has heard up to then
     * @param sinceMs since when its audit clock has had no gap
     */
    public record Watched(long throughMs, long sinceMs) {}

    /**
     * One source in one hour.
     *
     * @param lastMs when it was last heard, in any hour
     * @param latenessMs the greatest lateness of the events of that report
     */
    public record Line(String source, long lastMs, long latenessMs, HeardHour hour) {

        private static final int PARTS = 6;

        public Line {
            long last = HeardHour.number(lastMs);
            if (lastMs < 0 || latenessMs < 0 || hour.hour() > last || hour.hour() < last - HeardHour.WEEK) {
                throw new IllegalArgumentException(
                        "a source was heard in hour " + hour.hour() + " and last at " + lastMs + ", late by "
                                + latenessMs + "; expected an hour of the week before, and no negative time");
            }
        }

        /** Returns the line as text: time last heard, lateness, hour, events, minutes as hexadecimal number, source. */
        public String text() {
            return lastMs + " " + latenessMs + ' ' + hour.hour() + ' ' + hour.events() + ' '
                    + Long.toHexString(hour.minutes()) + ' ' + source;
        }

        /** Returns the line that a text is; empty if it is none or not possible: anybody can write to a topic. */
        public static Optional<Line> parse(String text) {
            String[] parts = text.split(" ", PARTS);
            if (parts.length < PARTS || parts[PARTS - 1].isBlank()) {
                return Optional.empty();
            }
            try {
                HeardHour hour =
                        new HeardHour(Long.parseLong(parts[2]), Long.parseLong(parts[4], 16), Long.parseLong(parts[3]));
                return Optional.of(new Line(parts[5], Long.parseLong(parts[0]), Long.parseLong(parts[1]), hour));
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        }
    }
}
