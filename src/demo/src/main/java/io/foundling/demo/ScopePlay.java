package io.foundling.demo;

import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** A job that recurs: it goes stale, and a check of its result fails; then it completes, and the check passes. */
final class ScopePlay {

    private static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final Duration COMPLETED = Duration.ofMillis(1_200);
    private static final Duration CHECKED = Duration.ofMillis(2_200);
    private static final Duration SHORTLY = Duration.ofMillis(500);

    private final Reporter reporter;
    private final SettlementView alerts;
    private final Screen screen;
    private final Subject scope = new Subject(SubjectKind.SCOPE, "university", "statistics", "2026");

    ScopePlay(Reporter reporter, SettlementView alerts, Screen screen) {
        this.reporter = reporter;
        this.alerts = alerts;
        this.screen = screen;
    }

    /** Returns a future that completes once the story has ended. */
    CompletableFuture<Void> play(ExecutorService thread, long beginNanos) {
        String stale = "stale_scope/university/statistics";
        String check = "reconciliation/university/statistics";
        return new Course(thread, beginNanos)
                .at(COMPLETED, () -> {
                    reporter.on(scope).declared(MAX_AGE);
                    reporter.on(scope).completed();
                    say("are completed, and should be again every " + MAX_AGE.toSeconds() + " s");
                })
                .at(CHECKED, () -> {
                    reporter.on(scope).reconciled(check(CheckStatus.FAILED, 98));
                    say("have 98 rows of 100");
                })
                .after(() -> alerts.fired(check), SHORTLY, () -> {
                    reporter.on(scope).reconciled(check(CheckStatus.PASSED, 100));
                    say("have 100 rows of 100");
                })
                .after(() -> alerts.fired(stale), SHORTLY, () -> {
                    reporter.on(scope).completed();
                    say("are completed after all");
                })
                .after(() -> alerts.resolved(stale), Duration.ZERO, () -> {
                    reporter.on(scope).retired("the demo ends");
                    say("are not needed any more");
                })
                .end();
    }

    private void say(String text) {
        screen.event(LineKind.PIPELINE, ShortName.of(scope), text);
    }

    private static Reconciled check(CheckStatus status, long rows) {
        return Reconciled.newBuilder()
                .setCheckType(CheckType.COUNT)
                .setStatus(status)
                .setRunDate(LocalDate.now(ZoneOffset.UTC))
                .setSourceRows(100L)
                .setTargetRows(rows)
                .build();
    }
}
