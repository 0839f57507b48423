package io.foundling.bench.expiry;

/** When subjects are due. */
enum Due {
    /** A millisecond apart. */
    SPREAD,
    /** All at once, like those that wait for the next nightly run. */
    ONE_INSTANT;

    static final long START_MS = 1_767_614_400_000L;
    private static final long FIRST_MS = START_MS + 3_600_000;

    long ofSubject(int number) {
        return this == SPREAD ? FIRST_MS + number : FIRST_MS;
    }

    /** Returns a time at which so many subjects are due. */
    static long allMs(int subjects) {
        return FIRST_MS + subjects + 1;
    }
}
