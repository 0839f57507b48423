package io.foundling.console.policies;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When one alert fired, from what a ledger published about it. */
final class FiredAlert {

    private static final long STILL = Long.MAX_VALUE;

    private final List<Firing> firings = new ArrayList<>();

    /** From a time up to another, each with the highest count and the last labels. */
    private record Firing(long sinceMs, long untilMs, long most, Map<String, String> labels) {

        boolean isIn(Window window) {
            return sinceMs <= window.until().toEpochMilli()
                    && untilMs >= window.since().toEpochMilli();
        }

        long lastingMs(Window window) {
            return Math.min(untilMs, window.until().toEpochMilli())
                    - Math.max(sinceMs, window.since().toEpochMilli());
        }
    }

    void follow(Alert alert, long atMs) {
        boolean fires = alert.getStatus() == AlertStatus.FIRING;
        int last = firings.size() - 1;
        boolean fired = last >= 0 && firings.get(last).untilMs() == STILL;
        if (fired) {
            Firing before = firings.get(last);
            firings.set(
                    last,
                    new Firing(
                            before.sinceMs(),
                            fires ? STILL : atMs,
                            Math.max(before.most(), alert.getCount()),
                            fires ? alert.getLabels() : before.labels()));
        } else if (fires) {
            firings.add(new Firing(atMs, STILL, alert.getCount(), alert.getLabels()));
        }
    }

    /** Returns what it did in a window, if it fired. */
    Optional<AlertFirings> in(Window window) {
        List<Firing> within =
                firings.stream().filter(firing -> firing.isIn(window)).toList();
        if (within.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AlertFirings(
                within.size(),
                Duration.ofMillis(within.stream()
                        .mapToLong(firing -> firing.lastingMs(window))
                        .sum()),
                within.stream().mapToLong(Firing::most).max().orElseThrow(),
                within.get(within.size() - 1).labels()));
    }
}
