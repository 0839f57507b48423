package io.foundling.topology.lifecycle;

import java.time.Duration;

/** Arithmetic of times in epoch milliseconds. Sums saturate: a limit too far away is one that is never reached. */
public final class Times {

    /** No deadline, or no such moment. */
    public static final long NEVER = Long.MAX_VALUE;

    private Times() {}

    /** Returns a + b, or the nearest representable moment. */
    public static long plus(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    /** Returns a duration of 0 or more, where {@link Duration#toMillis} would throw the greatest number. */
    public static long ms(Duration duration) {
        return duration.getSeconds() >= Long.MAX_VALUE / 1_000 ? Long.MAX_VALUE : duration.toMillis();
    }
}
