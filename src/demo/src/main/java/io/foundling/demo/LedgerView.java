package io.foundling.demo;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Violation;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What the output topics have said so far. Filled by the reader's thread, asked by others. */
final class LedgerView {

    private final Screen screen;
    private final SettlementView settlements;
    private final Map<String, Status> dispositions = new HashMap<>();
    private final SortedMap<String, Status> standing = new TreeMap<>();
    private final SortedMap<String, Long> figures = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> warned = new HashMap<>();
    private OptionalDouble firstWarningSeconds = OptionalDouble.empty();

    LedgerView(Screen screen) {
        this.screen = screen;
        this.settlements = new SettlementView(screen);
    }

    /** Returns what was said about batches and alerts. */
    SettlementView settlements() {
        return settlements;
    }

    synchronized void disposition(String key, Disposition disposition) {
        dispositions.put(key, disposition.getStatus());
    }

    synchronized void removed(String key) {
        dispositions.remove(key);
    }

    /** A warning is told, or says something new. */
    synchronized void warning(String key, OrphanWarning warning, String change) {
        boolean told = change.equals("ORPHANED");
        standing.put(key, warning.getStatus());
        if (told) {
            add(Account.WARNINGS);
            firstWarningSeconds = OptionalDouble.of(firstWarningSeconds.orElseGet(screen::elapsedSeconds));
        }
        screen.event(
                told ? "ORPHAN" : change,
                "%s  %s for %s, due %s ago (%s)"
                        .formatted(
                                key,
                                warning.getStatus(),
                                ago(warning.getEnteredAt()),
                                ago(warning.getStartsAt()),
                                warning.getRule()));
        warned.computeIfAbsent(key, first -> new CompletableFuture<>()).complete(null);
    }

    /** A warning no longer stands. */
    synchronized void resolved(String key, String status, String change) {
        standing.remove(key);
        boolean withdrawn = change.equals("WITHDRAWAL");
        add(withdrawn ? Account.WITHDRAWN : Account.RECOVERED);
        screen.event(
                change,
                key
                        + (withdrawn
                                ? "  had left " + status + " in time after all"
                                : "  has left " + status + " after all"));
    }

    synchronized void violation(Violation violation) {
        add(Account.VIOLATION + violation.getType());
        screen.event(
                "VIOLATION",
                SubjectKey.of(violation.getSubject()) + "  " + violation.getType() + ": " + violation.getMessage());
    }

    synchronized void deadLetter(String position, String reason, String message) {
        add(Account.DEAD_LETTER + reason);
        screen.event("DEAD LETTER", position + "  " + reason + ": " + message);
    }

    /** Nothing more will be seen. */
    void readingFailed(String reason) {
        screen.event("problem", "the output topics cannot be read any more: " + reason);
    }

    /** Returns what is complete once a warning about the subject was told. */
    synchronized CompletableFuture<Void> warned(String key) {
        return warned.computeIfAbsent(key, first -> new CompletableFuture<>());
    }

    /** Returns when the first warning was seen, in seconds since the start of the process. */
    synchronized OptionalDouble firstWarningSeconds() {
        return firstWarningSeconds;
    }

    /** Returns what was seen, with the figures that only the service itself can tell. */
    synchronized Account account(ServiceFigures service) {
        SortedMap<String, Long> all = new TreeMap<>(figures);
        all.put(Account.SUBJECTS, (long) dispositions.size());
        all.put(Account.COMPLETED, count(Status.COMPLETED));
        all.put(Account.EVENTS, service.events());
        all.put(Account.DUPLICATES, service.duplicates());
        all.putAll(settlements.figures());
        return new Account(all, standing, settlements.firing());
    }

    synchronized String status(ServiceFigures service) {
        Map<Status, Long> awaiting = new EnumMap<>(Status.class);
        dispositions.values().stream()
                .filter(LedgerView::awaits)
                .forEach(status -> awaiting.merge(status, 1L, Long::sum));
        String awaits = awaiting.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "awaiting: %s | completed: %d | orphans: %d | alerts: %d | audit clock %.1f s behind",
                awaits.isEmpty() ? "nothing" : awaits,
                count(Status.COMPLETED),
                standing.size(),
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

    private static String ago(Instant moment) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(moment, Instant.now()).toMillis() / 1_000.0);
    }
}
