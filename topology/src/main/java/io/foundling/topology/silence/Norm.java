package io.foundling.topology.silence;

import io.foundling.topology.lifecycle.Times;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * How often a source usually reports (rule T27): in the hours before it was last heard, in the same hour the day before,
 * and in the same hour the week before. Of these, the lowest counts. It reads up to three hours for each hour in which
 * the source was quiet, and never more than a day of them.
 */
final class Norm {

    /** How many hours are the recent ones. */
    private static final int RECENT = 3;

    private static final int DAY = 24;
    private static final double MINUTE_MS = 60_000;
    private static final double SHORTEST_MS = 1_000;

    private final KnownSource source;
    private final LongFunction<Optional<HeardHour>> places;

    /** @param places returns what is stored in the place of an hour: that hour, or an earlier or later one */
    Norm(KnownSource source, LongFunction<Optional<HeardHour>> places) {
        this.source = source;
        this.places = places;
    }

    /**
     * What is to be expected of a source.
     *
     * @param events in an hour
     * @param busy the part of the minutes that have an event
     */
    private record Rate(double events, double busy) {

        static final Rate ZERO = new Rate(0, 0);

        static Rate of(HeardHour hour) {
            return new Rate(hour.events(), (double) hour.busyMinutes() / HeardHour.MINUTES);
        }

        Rate orLess(Rate other) {
            return new Rate(Math.min(events, other.events), Math.min(busy, other.busy));
        }
    }

    /**
     * Returns the earliest time at which a source that was quiet from one time to another can be missed, if it stays quiet:
     * before that, nobody needs to ask again. Returns {@code fromMs} if it is missed now.
     *
     * @param events more than these must be missing
     * @param busyMs and more busy time than this
     */
    long notMissedUntilMs(long fromMs, long throughMs, long events, long busyMs) {
        Rate recent = recent();
        double missingEvents = 0;
        double missingMs = 0;
        // After a day of silence, the same hour of the day before says nothing any more.
        long lastMs = fromMs + DAY * HeardHour.MS;
        long endMs = Math.min(throughMs, lastMs);
        for (long beginMs = fromMs; beginMs < endMs; ) {
            long hour = HeardHour.number(beginMs);
            long nextMs = Math.min(endMs, (hour + 1) * HeardHour.MS);
            Rate usual = recent.orLess(before(hour, DAY, recent)).orLess(before(hour, HeardHour.WEEK, recent));
            missingEvents += usual.events() * (nextMs - beginMs) / HeardHour.MS;
            missingMs += usual.busy() * (nextMs - beginMs);
            beginMs = nextMs;
        }
        if (missingEvents > events && missingMs > busyMs) {
            return fromMs;
        }
        // No hour has more than the recent ones; a millisecond less, because the sums are rounded.
        double moreMs = Math.max(
                (events - missingEvents) * HeardHour.MS / recent.events(), (busyMs - missingMs) / recent.busy());
        return throughMs >= lastMs ? Times.NEVER : Times.plus(throughMs, Math.max(0, (long) moreMs - 1));
    }

    private Rate recent() {
        long last = HeardHour.number(source.lastMs());
        long fromMs = Math.max(source.firstMs(), (last - RECENT + 1) * HeardHour.MS);
        double elapsedMs = Math.max(SHORTEST_MS, source.lastMs() - fromMs);
        long events = 0;
        int minutes = 0;
        for (long hour = last - RECENT + 1; hour <= last; hour++) {
            HeardHour heard = heardIn(hour).orElse(null);
            events += heard == null ? 0 : heard.events();
            minutes += heard == null ? 0 : heard.busyMinutes();
        }
        return new Rate(events * HeardHour.MS / elapsedMs, Math.min(1, minutes * MINUTE_MS / elapsedMs));
    }

    private Optional<HeardHour> heardIn(long hour) {
        return places.apply(hour).filter(heard -> heard.hour() == hour);
    }

    /** Returns the rate of an hour before; {@code unknown} if the source was not known then, or that is forgotten. */
    private Rate before(long hour, int hoursBefore, Rate unknown) {
        long then = hour - hoursBefore;
        if (source.firstMs() > then * HeardHour.MS) {
            return unknown;
        }
        HeardHour stored = places.apply(then).orElse(null);
        if (stored == null || stored.hour() < then) {
            return Rate.ZERO;
        }
        return stored.hour() == then ? Rate.of(stored) : unknown;
    }
}
