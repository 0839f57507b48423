package io.foundling.topology.silence;

import io.foundling.topology.store.NewerFormException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * How often a source was heard in one hour.
 *
 * @param hour its number since 1970, in UTC
 * @param minutes a bit for each minute with an event
 */
public record HeardHour(long hour, long minutes, long events) {

    static final long MS = Duration.ofHours(1).toMillis();
    static final int MINUTES = 60;

    /** How many hours a week has. */
    static final int WEEK = 7 * 24;

    /** More events than an hour can have: sums stay at it, so that none overflows. */
    static final long MAX_EVENTS = 1L << 40;

    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 3 * Long.BYTES;

    public HeardHour {
        if (minutes >>> MINUTES != 0 || events < 0 || events > MAX_EVENTS) {
            throw new IllegalArgumentException("an hour has " + events + " events in the minutes "
                    + Long.toHexString(minutes) + "; expected 0 to " + MAX_EVENTS + ", and " + MINUTES + " bits");
        }
    }

    /** Returns the number of the hour in which a time is. */
    static long number(long atMs) {
        return Math.floorDiv(atMs, MS);
    }

    /** Returns the bit of the minute in which a time is. */
    static long minuteOf(long atMs) {
        return 1L << Math.floorMod(atMs, MS) / MINUTE_MS;
    }

    /** Returns how many minutes had an event. */
    int busyMinutes() {
        return Long.bitCount(minutes);
    }

    /** Returns the sum of two counts of the same hour. */
    HeardHour plus(HeardHour other) {
        return new HeardHour(hour, minutes | other.minutes, Math.min(MAX_EVENTS, events + other.events));
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(hour)
                .putLong(minutes)
                .putLong(events)
                .array();
    }

    static HeardHour decode(byte[] stored) {
        ByteBuffer bytes = fields(stored, "HeardHour", VERSION, BYTES);
        return new HeardHour(bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** Returns the fields behind the version of stored bytes, which must have so many. */
    static ByteBuffer fields(byte[] stored, String form, byte version, int bytes) {
        if (stored.length == 0 || stored[0] != version) {
            throw NewerFormException.unknown(form, stored, version);
        } else if (stored.length != bytes) {
            throw new IllegalStateException(form + " has " + stored.length + " bytes, expected " + bytes);
        }
        return ByteBuffer.wrap(stored, 1, bytes - 1);
    }
}
