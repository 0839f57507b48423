package io.foundling.demo;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * A load that recurs every day. Those of the days before are reported afterwards, as a backfill. Today's has completed
 * like them, but with far fewer rows; then it is run again. Its source is its own, because the delay of a backfill would
 * hold back the warnings of others.
 */
final class VolumePlay {

    /** A completion of yesterday is younger, also if the first event of today comes a little later. */
    private static final Duration MAX_AGE = Duration.ofDays(2);

    private static final List<Long> ROWS_BEFORE = List.of(1_004L, 987L, 1_012L, 995L, 1_001L);
    private static final long TOO_FEW_ROWS = 412;
    private static final long ROWS = 1_003;
    private static final Duration BACKFILLED = Duration.ofMillis(1_800);
    private static final Duration LOADED = Duration.ofMillis(3_400);
    private static final Duration SHORTLY = Duration.ofMillis(500);

    private final Reporter reporter;
    private final SettlementView alerts;
    private final Screen screen;
    private final Subject load = new Subject(SubjectKind.SCOPE, "warehouse", "load", "bookings");

    VolumePlay(Reporter reporter, SettlementView alerts, Screen screen) {
        this.reporter = reporter;
        this.alerts = alerts;
        this.screen = screen;
    }

    /** Returns a future that completes once the story has ended. */
    CompletableFuture<Void> play(ExecutorService thread, long beginNanos, Instant begin) {
        String anomaly = "volume_anomaly/warehouse/load";
        return new Course(thread, beginNanos)
                .at(BACKFILLED, () -> {
                    reporter.on(load).declared(MAX_AGE);
                    for (int day = 1; day <= ROWS_BEFORE.size(); day++) {
                        Instant earlier = begin.minus(Duration.ofDays(day));
                        reporter.on(load).occurredAt(earlier).completed(rows(ROWS_BEFORE.get(day - 1)));
                    }
                    say("had about 1,000 rows on each of the five days before, as a backfill reports");
                })
                .at(LOADED, () -> loaded(TOO_FEW_ROWS))
                .after(() -> alerts.fired(anomaly), SHORTLY, () -> loaded(ROWS))
                .after(() -> alerts.resolved(anomaly), Duration.ZERO, () -> {})
                .end();
    }

    private void loaded(long rows) {
        reporter.on(load).completed(rows(rows));
        say(String.format(Locale.ROOT, "is completed with %,d rows", rows));
    }

    private static Map<String, Long> rows(long rows) {
        return Map.of("rows", rows);
    }

    private void say(String text) {
        screen.event(LineKind.PIPELINE, ShortName.of(load), text);
    }
}
