package io.foundling.client.spool;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What waits in a spool.
 *
 * @param inUse whether a recorder that runs has the lock, which sends it
 * @param bytes the size of what waits on disk, with checksums
 * @param times when the first and the last of the events occurred; empty if there are none
 * @param producers the services and instances that recorded the events
 * @param damage what cannot be sent
 */
public record SpoolContent(
        Path directory,
        boolean inUse,
        long events,
        long bytes,
        Optional<Times> times,
        SortedSet<String> producers,
        Damage damage) {

    /** The earliest and the latest time at which an event of the spool occurred. */
    public record Times(Instant first, Instant last) {

        Times with(Instant time) {
            return new Times(time.isBefore(first) ? time : first, time.isAfter(last) ? time : last);
        }
    }

    /**
     * What cannot be sent.
     *
     * @param bytes how many bytes among those that wait are no frame
     * @param events how many frames are no event
     * @param files the segments that were set aside
     */
    public record Damage(long bytes, long events, List<Path> files) {

        /** Whether nothing is damaged. */
        public boolean isNone() {
            return bytes == 0 && events == 0 && files.isEmpty();
        }
    }
}
