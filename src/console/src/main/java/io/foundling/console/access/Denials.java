package io.foundling.console.access;

import io.foundling.console.access.AccessDeniedException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts denied calls, and logs the first of each reason in ten seconds, with the number of those that were not logged.
 * So somebody who tries tokens by the million fills no disk. A call without credentials is counted only: each browser
 * begins with one.
 */
final class Denials {

    static final Duration LOGS_EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);

    private final InstantSource clock;
    private final AccessListener listener;
    private final Map<Reason, Row> rows = new EnumMap<>(Reason.class);

    /** The denials of one reason since the last line about it. */
    private static final class Row {

        private long nextLineAtMs;
        private long unlogged;
    }

    Denials(InstantSource clock, AccessListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    void add(AccessDeniedException denied) {
        listener.denied(denied.reason());
        if (denied.reason() != Reason.MISSING) {
            log(denied);
        }
    }

    private void log(AccessDeniedException denied) {
        long before;
        synchronized (this) {
            Row row = rows.computeIfAbsent(denied.reason(), ignored -> new Row());
            long nowMs = clock.millis();
            if (nowMs < row.nextLineAtMs && nowMs >= row.nextLineAtMs - LOGS_EVERY.toMillis()) {
                row.unlogged++;
                return;
            }
            before = row.unlogged;
            row.unlogged = 0;
            row.nextLineAtMs = nowMs + LOGS_EVERY.toMillis();
        }
        LOG.warn(
                "a call was denied: {}; {} more were denied for this reason since the last such line",
                denied.getMessage(),
                before);
    }
}
