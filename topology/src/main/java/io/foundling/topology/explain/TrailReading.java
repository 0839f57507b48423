package io.foundling.topology.explain;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Expected;
import io.foundling.topology.explain.ReadEvent.Reading;
import io.foundling.topology.ledger.EventTranslation;
import io.foundling.topology.ledger.ExpectationReading;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the events of a trail as the ledger does, under the policies in force now. */
final class TrailReading {

    private final LedgerSettings settings;
    private final PolicyDeadlines deadlines;

    TrailReading(LedgerSettings settings, PolicyDeadlines deadlines) {
        this.settings = settings;
        this.deadlines = deadlines;
    }

    /** Returns the events in the order in which they were read. */
    List<ReadEvent> read(Trail trail) {
        return trail.events().stream()
                .sorted(TrailEvent.AS_READ)
                .map(this::read)
                .toList();
    }

    private ReadEvent read(TrailEvent trailed) {
        Optional<Refusal> refusal = trailed.event().getSubject().getId().isEmpty()
                ? Optional.of(Refusal.WITHOUT_ID)
                : trailed.deadLetter().map(Refusal::deadLetter);
        if (refusal.isPresent()) {
            return unread(trailed, refusal.get());
        }
        try {
            return ofSource(trailed);
        } catch (RuntimeException failure) {
            return unread(trailed, Refusal.failed(failure));
        }
    }

    private ReadEvent ofSource(TrailEvent trailed) {
        AuditEvent event = trailed.event();
        if (!ExpectationReading.isOfLedger(event)) {
            return translated(trailed, trailed.appendedAt().toEpochMilli());
        }
        long knownAtMs = trailed.knownSince().orElse(event.getOccurredAt()).toEpochMilli();
        ReadEvent read = translated(trailed, knownAtMs);
        return deadlines
                .ofExpectation(((Expected) event.getBody()).getReason(), event.getSubject(), knownAtMs)
                .map(read::under)
                .orElseGet(read::leftOut);
    }

    private ReadEvent translated(TrailEvent trailed, long appendedAtMs) {
        AuditEvent event = trailed.event();
        EventTranslation translation = new EventTranslation(
                settings, deadlines, event, trailed.appendedAt().toEpochMilli(), appendedAtMs);
        Arrival arrival = translation.arrival();
        return translation.isApplicable()
                ? ReadEvent.applied(body(event), arrival)
                : new ReadEvent(body(event), arrival, Reading.REFUSED, Optional.of(Refusal.BY_VIOLATION));
    }

    private static ReadEvent unread(TrailEvent trailed, Refusal refusal) {
        AuditEvent event = trailed.event();
        Arrival arrival = new Arrival(
                Optional.empty(),
                event.getEventId(),
                0,
                bounded(event.getOccurredAt()),
                Map.of(),
                List.of(),
                bounded(trailed.appendedAt()));
        return ReadEvent.unread(body(event), arrival, refusal);
    }

    private static String body(AuditEvent event) {
        return event.getBody() == null
                ? "An event without a body"
                : event.getBody().getClass().getSimpleName();
    }

    /** Returns a time in epoch milliseconds; the nearest one that has them if it is too early or too late. */
    private static long bounded(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException outOfRange) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Times.NEVER - 1;
        }
    }
}
