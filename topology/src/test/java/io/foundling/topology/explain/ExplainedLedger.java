package io.foundling.topology.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.names.Headers;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A ledger whose events are kept as a trail, and explained from that and from what the ledger published. */
final class ExplainedLedger implements AutoCloseable {

    private final LedgerHarness ledger;
    private final List<TrailEvent> trail = new ArrayList<>();
    private Optional<Instant> silentSince = Optional.empty();

    ExplainedLedger(LedgerSettings settings) {
        ledger = LedgerHarness.of(settings);
    }

    LedgerHarness ledger() {
        return ledger;
    }

    /** Appends an event when it happens, or now if that is later. */
    ExplainedLedger send(Events event) {
        Instant occurredAt = event.build().getOccurredAt();
        if (occurredAt.isAfter(ledger.now())) {
            ledger.bothReach(occurredAt);
        }
        return send(event, ledger.now());
    }

    ExplainedLedger send(Events event, Instant appendedAt) {
        ledger.send(event, appendedAt);
        trail.add(new TrailEvent(event.build(), appendedAt, 0, trail.size()));
        return this;
    }

    ExplainedLedger reach(Instant time) {
        ledger.bothReach(time);
        return this;
    }

    ExplainedLedger silentSince(Instant time) {
        silentSince = Optional.of(time);
        return this;
    }

    /** Keeps an event in the trail that the ledger did not apply. */
    ExplainedLedger keep(TrailEvent event) {
        trail.add(event);
        return this;
    }

    /** Returns the explanation of a record of the usual source and stage, which agrees with the ledger. */
    String text(String id) {
        return textOf(Events.key(id));
    }

    /** Returns an explanation that agrees with the ledger. */
    String textOf(String key) {
        Explanation explanation = explain(key, ledger.settings(), Instant.MIN);
        assertThat(explanation.agrees()).as(explanation.text()).isTrue();
        return explanation.text();
    }

    /** Returns an explanation under other settings, or from a trail that begins later. */
    Explanation explain(String key, LedgerSettings settings, Instant since) {
        Predicate<TrailEvent> isKept = event -> !event.appendedAt().isBefore(since)
                && SubjectKey.of(event.event().getSubject()).equals(key);
        List<TrailEvent> kept = new ArrayList<>(trail.stream().filter(isKept).toList());
        kept.addAll(expected().stream().filter(isKept).toList());
        Disposition disposition = ledger.dispositions().get(key);
        return new Explainer(settings)
                .explain(new Evidence(
                        key,
                        new Trail(kept, revoked(), since.equals(Instant.MIN) ? Optional.empty() : Optional.of(since)),
                        Optional.ofNullable(disposition),
                        Optional.ofNullable(ledger.orphans().get(key)),
                        new ReportedClocks(
                                report(""), report(SubjectKey.parse(key).getSource()), silentSince),
                        new ParentEvidence(
                                List.copyOf(ledger.dispositions().values()),
                                List.copyOf(ledger.settlements().values()))));
    }

    private Optional<ClockReport> report(String source) {
        return ledger.clockReports().values().stream()
                .filter(report -> report.getSource().equals(source))
                .findFirst();
    }

    private List<TrailEvent> expected() {
        return ledger.expectationChanges().stream()
                .filter(change -> change.value().isPresent())
                .map(ExplainedLedger::expected)
                .toList();
    }

    private static TrailEvent expected(Change<AuditEvent> change) {
        Optional<Instant> knownSince = Optional.ofNullable(change.headers().get(Headers.KNOWN_SINCE))
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli);
        return TrailEvent.ofExpectation(change.value().orElseThrow(), change.stampedAt(), 0, 0, knownSince);
    }

    private Set<UUID> revoked() {
        return ledger.expectationChanges().stream()
                .filter(change -> change.value().isEmpty())
                .map(change -> UUID.fromString(change.header(Headers.REVOKES)))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
