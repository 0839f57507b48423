package io.foundling.client.internal.event;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the ids of events: UUIDs of version 7, which have milliseconds, a counter of 12 bits and 62 random bits. Each
 * id is larger than the one before it, on whatever thread, unless the clock was set back by more than 10 s. When the
 * counter overflows, and when the clock is set back by less, the milliseconds of the ids are ahead of the clock. The
 * random bits come from a fast generator: an id has to be unique, not secret, and a secure generator costs more than
 * the rest of a call. Any thread.
 *
 * <p>A known limit: a snapshot of a running process (of a virtual machine, or by CRaC) contains the state of the
 * generator. If a snapshot is started twice, both processes draw the same random bits, and two of their ids are equal
 * if they are made in the same millisecond with the same count.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-6.2">RFC 9562, 6.2, method 1</a>
 */
final class EventIds {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER = (1L << COUNTER_BITS) - 1;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 1L << 63;

    /** If the clock was set back further than this, ids follow it, because their time must not be wrong for hours. */
    private static final long SET_BACK_MS = 10_000;

    /** The milliseconds and the counter of the last id. */
    private final AtomicLong last = new AtomicLong();

    /** @param nowMs the time of the clock, in milliseconds since 1970 */
    UUID next(long nowMs) {
        long tick = tick(nowMs);
        long time = tick >>> COUNTER_BITS << 16;
        return new UUID(
                time | VERSION_7 | tick & COUNTER,
                VARIANT | ThreadLocalRandom.current().nextLong() >>> 2);
    }

    private long tick(long nowMs) {
        long earliest = nowMs << COUNTER_BITS;
        while (true) {
            long before = last.get();
            boolean setBack = before - earliest > SET_BACK_MS << COUNTER_BITS;
            long next = setBack ? earliest : Math.max(earliest, before + 1);
            if (last.compareAndSet(before, next)) {
                return next;
            }
        }
    }
}
