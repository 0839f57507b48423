package io.foundling.demo;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * A source that reports all the time, and stops. Nobody knows then whether its transfer is an orphan: the warning is
 * UNKNOWN. Then it reports again, and that the transfer has completed.
 */
final class SilencePlay {

    private static final Duration BEGUN = Duration.ofMillis(1_000);
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofMillis(10);
    private static final int HEARTBEATS = 500;
    private static final Duration STOPPED = BEGUN.plus(BETWEEN_HEARTBEATS.multipliedBy(HEARTBEATS));

    /** By then the silence is known, unless the machine is slow. */
    private static final Duration DUE = STOPPED.plusSeconds(8);

    private static final Duration SHORTLY = Duration.ofMillis(500);

    private final Reporter reporter;
    private final LedgerView view;
    private final Screen screen;
    private final Subject transfer = new Subject(SubjectKind.RECORD, "gateway", "transfer", "1");

    SilencePlay(Reporter reporter, LedgerView view, Screen screen) {
        this.reporter = reporter;
        this.view = view;
        this.screen = screen;
    }

    /** Returns the key of the only subject. */
    String key() {
        return SubjectKey.of(transfer);
    }

    /** Returns a future that completes once the story has ended. */
    CompletableFuture<Void> play(ExecutorService thread, long beginNanos, Instant begin) {
        String silent = "silent_source/gateway";
        Instant dueAt = begin.plus(DUE);
        Course course = new Course(thread, beginNanos).at(BEGUN, () -> {
            reporter.on(transfer).deferred(dueAt);
            say("is deferred by the gateway, which goes on to report " + HEARTBEATS + " heartbeats");
        });
        for (int heartbeat = 1; heartbeat <= HEARTBEATS; heartbeat++) {
            course.at(
                    BEGUN.plus(BETWEEN_HEARTBEATS.multipliedBy(heartbeat)),
                    () -> reporter.on(transfer).extended(dueAt));
        }
        return course.after(Duration.ZERO, () -> say("is not reported any more: nothing is, by the gateway"))
                .after(() -> view.settlements().fired(silent), Duration.ZERO, () -> {})
                .after(() -> view.warned(key()), SHORTLY, () -> {
                    reporter.on(transfer).completed();
                    say("is completed: the gateway reports again");
                })
                .after(() -> view.settlements().resolved(silent), Duration.ZERO, () -> {})
                .end();
    }

    private void say(String text) {
        screen.event(LineKind.PIPELINE, ShortName.of(transfer), text);
    }
}
