package io.foundling.demo;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What was read from the output topics so far. The reader's thread fills it, others ask it. */
final class LedgerView {

    private final Screen screen;
    private final SettlementView settlements;
    private final Map<String, Status> dispositions = new HashMap<>();
    private final SortedMap<String, Status> orphans = new TreeMap<>();
    private final SortedMap<String, Long> figures = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> warned = new HashMap<>();
    private OptionalDouble firstWarningSeconds = OptionalDouble.empty();

    LedgerView(Screen screen) {
        this.screen = screen;
        this.settlements = new SettlementView(screen);
    }

    /** Returns what was read about batches and alerts. */
    SettlementView settlements() {
        return settlements;
    }

    synchronized void disposition(String key, Disposition disposition) {
        dispositions.put(key, disposition.getStatus());
    }

    synchronized void removed(String key) {
        dispositions.remove(key);
    }

    /** A warning is emitted or updated. */
    synchronized void warning(String key, OrphanWarning warning, String change) {
        boolean emitted = change.equals("ORPHANED");
        orphans.put(key, warning.getStatus());
        if (emitted) {
            add(PipelineResult.WARNINGS);
            firstWarningSeconds = OptionalDouble.of(firstWarningSeconds.orElseGet(screen::elapsedSeconds));
        }
        screen.event(
                LineKind.WARNING,
                ShortName.of(key),
                "%s: %s for %s, due %s ago (%s)"
                        .formatted(
                                (emitted ? "emitted" : "updated") + (warning.getUnknown() ? " as UNKNOWN" : ""),
                                warning.getStatus(),
                                ago(warning.getEnteredAt()),
                                ago(warning.getStartsAt()),
                                deadline(warning.getRule())));
        warned.computeIfAbsent(key, first -> new CompletableFuture<>()).complete(null);
    }

    /** A warning has ended. */
    synchronized void resolved(String key, String status, String change, boolean restarted) {
        orphans.remove(key);
        boolean withdrawn = change.equals("WITHDRAWAL");
        add(withdrawn ? PipelineResult.WITHDRAWN : PipelineResult.RECOVERED);
        screen.event(
                withdrawn ? LineKind.WITHDRAWN : LineKind.RECOVERED,
                ShortName.of(key),
                ended(status, withdrawn, restarted));
    }

    private static String ended(String status, boolean withdrawn, boolean restarted) {
        if (withdrawn) {
            return "the record had left " + status + " in time, as a late report shows";
        }
        return restarted
                ? "the record is " + status + " anew, with a new deadline"
                : "the record has left " + status + ", after its deadline";
    }

    synchronized void violation(Violation violation) {
        add(PipelineResult.VIOLATION + violation.getType());
        screen.event(
                LineKind.VIOLATION,
                ShortName.of(violation.getSubject()),
                violation.getType() + ": " + firstClause(violation.getMessage()));
    }

    synchronized void deadLetter(String position, String reason, String message) {
        add(PipelineResult.DEAD_LETTER + reason);
        screen.event(LineKind.DEAD_LETTER, position, reason + ": " + firstClause(message));
    }

    /** Nothing more will be seen. */
    void readingFailed(String reason) {
        screen.event(LineKind.PROBLEM, "the output topics cannot be read any more: " + reason);
    }

    /** Returns a future that completes once a warning about the subject has been emitted. */
    synchronized CompletableFuture<Void> warned(String key) {
        return warned.computeIfAbsent(key, first -> new CompletableFuture<>());
    }

    /** Returns when the first warning was seen, in seconds since the start of the process. */
    synchronized OptionalDouble firstWarningSeconds() {
        return firstWarningSeconds;
    }

    /** Returns what was seen, with the figures that only the service itself knows. */
    synchronized PipelineResult account(ServiceFigures service) {
        SortedMap<String, Long> all = new TreeMap<>(figures);
        all.put(PipelineResult.SUBJECTS, (long) dispositions.size());
        all.put(PipelineResult.COMPLETED, count(Status.COMPLETED));
        all.put(PipelineResult.EVENTS, service.events());
        all.put(PipelineResult.DUPLICATES, service.duplicates());
        all.put(PipelineResult.OUT_OF_STEP, service.outOfStep());
        all.putAll(settlements.figures());
        return new PipelineResult(all, orphans, settlements.firing());
    }

    synchronized String status(ServiceFigures service) {
        long awaiting =
                dispositions.values().stream().filter(LedgerView::awaits).count();
        return String.format(
                Locale.ROOT,
                "awaiting %3d   completed %3d   orphans %2d   alerts %2d   audit clock %4.1f s behind",
                awaiting,
                count(Status.COMPLETED),
                orphans.size(),
                settlements.firing().size(),
                service.clockLagSeconds());
    }

    private static boolean awaits(Status status) {
        return switch (status) {
            case EXPECTED, OPEN, DEFERRED, PENDING, RETRYING -> true;
            default -> false;
        };
    }

    private long count(Status status) {
        return dispositions.values().stream().filter(status::equals).count();
    }

    private void add(String figure) {
        figures.merge(figure, 1L, Long::sum);
    }

    /** Returns which deadline has passed, for people. */
    private static String deadline(String rule) {
        return switch (rule) {
            case "dueAt" -> "its own deadline";
            case "closure" -> "its batch closed";
            default -> rule.replace(":", " ");
        };
    }

    /** Returns what is wrong, without what was expected; {@code tail} shows all of it. */
    private static String firstClause(String message) {
        return message.split("; ", 2)[0];
    }

    private static String ago(Instant moment) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(moment, Instant.now()).toMillis() / 1_000.0);
    }
}
