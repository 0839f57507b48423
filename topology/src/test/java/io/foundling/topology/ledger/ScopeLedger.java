package io.foundling.topology.ledger;

import io.foundling.audit.Alert;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** A ledger of scopes, and what the alert of their source and stage says of them. */
abstract class ScopeLedger {

    static final String SCOPE = "scope/university/declaration/2026";
    static final String KEY = "stale_scope/university/declaration";
    static final Duration DAY = Duration.ofDays(1);

    final LedgerHarness ledger;

    ScopeLedger() {
        this(LedgerSettings.defaults("audit.events", 1));
    }

    ScopeLedger(LedgerSettings settings) {
        ledger = LedgerHarness.of(settings);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** Sends an event about a scope, which is appended when it happened. */
    void send(Events event) {
        ledger.send(event.kind(SubjectKind.SCOPE), event.build().getOccurredAt());
    }

    /** Lets the audit clock show a time, and accounts and alerts follow. */
    void clockShows(Instant time) {
        ledger.clockReaches(time);
        for (int seconds = 0; seconds < 3; seconds++) {
            ledger.wallReaches(ledger.now().plusSeconds(1));
        }
    }

    /** Lets live time pass second by second, once a time is reached. */
    void live(Instant time, int seconds) {
        ledger.bothReach(time);
        for (int second = 0; second < seconds; second++) {
            ledger.bothReach(ledger.now().plusSeconds(1));
        }
    }

    String finding() {
        Alert alert = ledger.alerts().get(KEY);
        return alert == null ? "no alert" : alert.getAnnotations().getOrDefault("findings", "none");
    }

    static String of(String id, String reason, Instant limit) {
        return "scope/university/declaration/" + id + ": " + reason + " since " + limit;
    }
}
