package io.foundling.console.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when a test moves it. */
public final class FakeClock implements InstantSource {

    public static final Instant START = Instant.parse("2026-09-01T10:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    public void isAt(long millis) {
        now = Instant.ofEpochMilli(millis);
    }
}
