package io.foundling.demo;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Settlement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** What was read about batches and alerts so far. The reader's thread fills it, others ask it. */
final class SettlementView {

    private final Screen screen;
    private final Map<String, Settlement> settlements = new HashMap<>();
    private final SortedMap<String, SortedSet<String>> firing = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> named = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> fired = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> resolved = new HashMap<>();
    private final Set<String> statesResolved = new HashSet<>();

    SettlementView(Screen screen) {
        this.screen = screen;
    }

    synchronized void settlement(String key, Settlement settlement) {
        boolean corrected = settlements.put(key, settlement) != null;
        screen.event(
                LineKind.ofSettlement(corrected, settlement.getMissing().isEmpty()),
                ShortName.of(settlement.getParent()),
                figures(settlement) + missing(settlement));
        settlement
                .getMissing()
                .forEach(missing -> named.computeIfAbsent(missing, first -> new CompletableFuture<>())
                        .complete(null));
    }

    /** The batch had not closed, as a late report shows. */
    synchronized void withdrawn(String key) {
        settlements.remove(key);
        screen.event(LineKind.REOPENED, ShortName.of(key), "the batch was not closed, as a late report shows");
    }

    synchronized void alert(String key, Alert alert) {
        boolean fires = alert.getStatus() == AlertStatus.FIRING;
        if (!fires) {
            firing.remove(key);
        } else if (isCompared(alert.getType())) {
            firing.put(key, new TreeSet<>(alert.getSamples()));
        }
        String summary = alert.getAnnotations().get("summary");
        screen.event(fires ? LineKind.ALERT : LineKind.RESOLVED, summary.split(": ", 2)[0]);
        if (!fires && isOfState(alert.getType())) {
            statesResolved.add(key);
        }
        (fires ? fired(key) : resolved(key)).complete(null);
    }

    /** Returns what is complete once an alert has fired. */
    synchronized CompletableFuture<Void> fired(String key) {
        return fired.computeIfAbsent(key, first -> new CompletableFuture<>());
    }

    /** Returns what is complete once an alert has resolved. */
    synchronized CompletableFuture<Void> resolved(String key) {
        return resolved.computeIfAbsent(key, first -> new CompletableFuture<>());
    }

    /** An alert was resolved long ago. */
    synchronized void removed(String key) {
        firing.remove(key);
    }

    /** Returns what is complete once a settlement has named the subject as missing. */
    synchronized CompletableFuture<Void> named(String key) {
        return named.computeIfAbsent(key, first -> new CompletableFuture<>());
    }

    /** Returns the alerts about orphans, settlements and scopes that fire, with the subject keys that they name. */
    synchronized SortedMap<String, SortedSet<String>> firing() {
        return new TreeMap<>(firing);
    }

    synchronized Map<String, Long> figures() {
        return Map.of(
                PipelineResult.STATE_ALERTS,
                (long) statesResolved.size(),
                PipelineResult.SETTLED,
                (long) settlements.size(),
                PipelineResult.RETURNED,
                settlements.values().stream()
                        .mapToLong(SettlementView::returned)
                        .sum(),
                PipelineResult.MISSING,
                settlements.values().stream().mapToLong(Settlement::getOrphaned).sum());
    }

    /** An alert about bad input fires for longer than the demo lasts, and the gateway falls silent again at its end. */
    private static boolean isCompared(AlertType type) {
        return type == AlertType.ORPHANED || type == AlertType.SETTLEMENT || isOfScope(type);
    }

    private static boolean isOfScope(AlertType type) {
        return type == AlertType.STALE_SCOPE || type == AlertType.RECONCILIATION || type == AlertType.VOLUME_ANOMALY;
    }

    /** Whether it is about a scope or a source, which come to be as they were. */
    private static boolean isOfState(AlertType type) {
        return isOfScope(type) || type == AlertType.SILENT_SOURCE;
    }

    private static String figures(Settlement settlement) {
        String again = settlement.getAttempt() == 1 ? "" : "attempt " + settlement.getAttempt() + ": ";
        String announced = settlement.getExpected() == null ? "" : settlement.getExpected() + " announced, ";
        return again + announced + settlement.getDeferred() + " deferred, " + returned(settlement) + " returned";
    }

    private static String missing(Settlement settlement) {
        return settlement.getMissing().isEmpty()
                ? ", none missing"
                : ", missing: " + ShortName.list(settlement.getMissing());
    }

    private static long returned(Settlement settlement) {
        return settlement.getReturned().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
