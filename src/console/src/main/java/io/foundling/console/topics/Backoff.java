package io.foundling.console.topics;

/** How long to wait after failures: 1 s, then twice as long each time, at most a minute. */
public final class Backoff {

    private static final long MAX_MS = 60_000;
    private static final long FIRST_MS = 1_000;
    private static final int MAX_DOUBLINGS = 6;

    private Backoff() {}

    /** @param failures in a row, from 1 */
    public static long ms(int failures) {
        return Math.min(MAX_MS, FIRST_MS << Math.min(failures - 1, MAX_DOUBLINGS));
    }
}
