package io.foundling.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Spans and moments as people read them: two units at most, times in UTC. Pure. */
final class Ages {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final long[] SECONDS = {86_400, 3_600, 60, 1};
    private static final String[] NAMES = {"d", "h", "min", "s"};

    private Ages() {}

    /** Returns a span without its sign, such as {@code 3 h 12 min}. */
    static String of(Duration span) {
        long seconds = Math.abs(span.toSeconds());
        for (int i = 0; i < SECONDS.length; i++) {
            if (seconds >= SECONDS[i]) {
                long count = seconds / SECONDS[i];
                boolean isRound = i == SECONDS.length - 1 || seconds % SECONDS[i] < SECONDS[i + 1] || count >= 100;
                return isRound
                        ? count + " " + NAMES[i]
                        : count + " " + NAMES[i] + " " + seconds % SECONDS[i] / SECONDS[i + 1] + " " + NAMES[i + 1];
            }
        }
        return "0 s";
    }

    static String moment(Instant at) {
        return MOMENT.format(at);
    }
}
