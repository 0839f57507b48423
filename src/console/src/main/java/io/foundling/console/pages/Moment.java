package io.foundling.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A moment on a page.
 *
 * @param now when the page was made
 */
public record Moment(Instant at, Instant now) {

    public String iso() {
        return at.toString();
    }

    /** Returns it in UTC, to the second. */
    public String absolute() {
        return Ages.moment(at.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Returns how long ago it was or will be. */
    public String age() {
        return Ages.of(Duration.between(at, now));
    }

    public String relative() {
        return isPast() ? age() + " ago" : "in " + age();
    }

    public boolean isPast() {
        return !at.isAfter(now);
    }
}
