package io.foundling.demo;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Settlement;
import io.foundling.schemas.SubjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** What was said so far about batches and alerts. Filled by the reader's thread, asked by others. */
final class SettlementView {

    private final Screen screen;
    private final Map<String, Settlement> settlements = new HashMap<>();
    private final SortedMap<String, SortedSet<String>> firing = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> named = new HashMap<>();

    SettlementView(Screen screen) {
        this.screen = screen;
    }

    synchronized void settlement(String key, Settlement settlement) {
        boolean corrected = settlements.put(key, settlement) != null;
        screen.event(
                corrected ? "CORRECTION" : "SETTLEMENT",
                SubjectKey.of(settlement.getParent()) + "  " + figures(settlement) + missing(settlement));
        settlement
                .getMissing()
                .forEach(missing -> named.computeIfAbsent(missing, first -> new CompletableFuture<>())
                        .complete(null));
    }

    /** The batch had not closed after all. */
    synchronized void takenBack(String key) {
        settlements.remove(key);
        screen.event("TAKEN BACK", key + "  is not settled after all");
    }

    synchronized void alert(String key, Alert alert) {
        boolean fires = alert.getStatus() == AlertStatus.FIRING;
        if (!fires) {
            firing.remove(key);
        } else if (isCompared(alert.getType())) {
            firing.put(key, new TreeSet<>(alert.getSamples()));
        }
        screen.event(
                fires ? "ALERT" : alert.getStatus().name(),
                alert.getAnnotations().get("summary"));
    }

    /** An alert has been resolved for long. */
    synchronized void removed(String key) {
        firing.remove(key);
    }

    /** Returns what is complete once a settlement has named the subject as missing. */
    synchronized CompletableFuture<Void> named(String key) {
        return named.computeIfAbsent(key, first -> new CompletableFuture<>());
    }

    /** Returns the alerts about orphans and settlements that fire, with the subject keys that they name. */
    synchronized SortedMap<String, SortedSet<String>> firing() {
        return new TreeMap<>(firing);
    }

    synchronized Map<String, Long> figures() {
        return Map.of(
                Account.SETTLED,
                (long) settlements.size(),
                Account.RETURNED,
                settlements.values().stream()
                        .mapToLong(SettlementView::returned)
                        .sum(),
                Account.MISSING,
                settlements.values().stream().mapToLong(Settlement::getOrphaned).sum());
    }

    /** What was reported badly keeps its alert for longer than the demo lasts. */
    private static boolean isCompared(AlertType type) {
        return type == AlertType.ORPHANED || type == AlertType.SETTLEMENT;
    }

    private static String figures(Settlement settlement) {
        return "%d announced, %d deferred, %d returned"
                .formatted(settlement.getExpected(), settlement.getDeferred(), returned(settlement));
    }

    private static String missing(Settlement settlement) {
        return settlement.getMissing().isEmpty()
                ? ", none missing"
                : ", missing: " + String.join(" ", settlement.getMissing());
    }

    private static long returned(Settlement settlement) {
        return settlement.getReturned().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
