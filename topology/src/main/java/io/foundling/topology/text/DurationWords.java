package io.foundling.topology.text;

import java.util.concurrent.TimeUnit;

/** Durations as people read them, such as {@code 3 d 4 h}. Pure. */
public final class DurationWords {

    private static final TimeUnit[] UNITS = {
        TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.SECONDS, TimeUnit.MILLISECONDS
    };
    private static final String[] SHORT = {"d", "h", "min", "s", "ms"};
    private static final int MILLISECONDS = UNITS.length - 1;

    private DurationWords() {}

    /** Returns a duration to the millisecond. */
    public static String of(long ms) {
        if (ms == Long.MAX_VALUE) {
            return "more time than can be counted";
        }
        return text(ms, 0, MILLISECONDS);
    }

    /** Returns the largest unit and the next one, such as {@code 3 d} or {@code 3 d 4 h}; the rest is cut off. */
    public static String brief(long ms) {
        long size = ms == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(ms);
        int largest = 0;
        while (largest < MILLISECONDS && size < UNITS[largest].toMillis(1)) {
            largest++;
        }
        // Below a second people count no milliseconds beside seconds.
        int smallest = largest < MILLISECONDS - 1 ? largest + 1 : largest;
        return text(ms, largest, smallest);
    }

    private static String text(long ms, int largest, int smallest) {
        StringBuilder text = new StringBuilder(ms < 0 ? "minus " : "");
        long left = ms == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(ms);
        for (int i = largest; i <= smallest; i++) {
            long size = UNITS[i].toMillis(1);
            if (left >= size || ms == 0 && i == MILLISECONDS) {
                text.append(left / size).append(' ').append(SHORT[i]).append(' ');
                left %= size;
            }
        }
        return text.toString().strip();
    }
}
