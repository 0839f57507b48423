package io.foundling.topology.explain;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.ledger.DeadLetterReason;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that nobody expected change nothing but their own line of an explanation. */
final class OddRecordsTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final Instant LATER = START.plus(5, MINUTES);

    private final ExplainedLedger ledger = new ExplainedLedger(SETTINGS);

    @AfterEach
    void close() {
        ledger.close();
    }

    private static Explanation explain(String key, List<TrailEvent> trail, Optional<Disposition> published) {
        return new Explainer(SETTINGS)
                .explain(new Evidence(
                        key,
                        Trail.complete(trail),
                        published,
                        Optional.empty(),
                        ReportedClocks.NONE,
                        ParentEvidence.NONE));
    }

    private Disposition published() {
        ledger.send(deferred("r1")).reach(LATER);
        return ledger.ledger().dispositions().get(Events.key("r1"));
    }

    @Test
    void shouldNotApplyADeadLetter() {
        // Given
        ledger.send(deferred("r1")).reach(LATER);
        AuditEvent misplaced = completed("r1").at(START.plus(1, MINUTES)).build();
        ledger.keep(new TrailEvent(
                misplaced, LATER, 0, 9, Optional.of(DeadLetterReason.WRONG_PARTITION), Optional.empty()));

        // When
        String text = ledger.text("r1");

        // Then
        assertThat(text)
                .contains(
                        "DEFERRED in attempt 1", "It was not applied: it went to the dead letters as WRONG_PARTITION");
    }

    @Test
    void shouldNotApplyAnEventWithoutAnId() {
        // Given
        AuditEvent event = completed("").build();

        // When
        Explanation explanation = explain(
                SubjectKey.of(event.getSubject()), List.of(new TrailEvent(event, START, 0, 0)), Optional.empty());

        // Then
        assertThat(explanation.computed()).isEmpty();
        assertThat(explanation.text()).contains("Its subject has no id").contains("[L18]");
    }

    @Test
    void shouldRefuseTheOneEventOnWhichTheRulesFail() {
        // Given
        AuditEvent hollow = completed("r1").build();
        hollow.put("body", null);
        AuditEvent foreign = completed("r1").build();
        foreign.put("body", "of a newer version");
        List<TrailEvent> trail = List.of(
                new TrailEvent(deferred("r1").build(), START, 0, 0),
                new TrailEvent(hollow, START, 0, 0),
                new TrailEvent(foreign, START, 0, 0),
                new TrailEvent(completed("r1").build(), Instant.MAX, 0, 0),
                new TrailEvent(completed("r1").build(), Instant.MIN, 0, 0));

        // When
        Explanation explanation = explain(Events.key("r1"), trail, Optional.empty());

        // Then
        assertThat(explanation.computed().map(Disposition::getStatus)).contains(Status.DEFERRED);
        assertThat(explanation.text().lines().filter(line -> line.contains("the rules failed on it")))
                .hasSize(4);
    }

    @Test
    void shouldLeaveOutADispositionThatItCannotRead() {
        // Given
        Disposition newer = Disposition.newBuilder(published()).build();
        newer.getHistory()
                .forEach(attempt -> attempt.getEntered().forEach(entry -> entry.put("status", Status.UNKNOWN)));
        newer.put("status", Status.UNKNOWN);
        List<TrailEvent> trail = List.of(new TrailEvent(deferred("r1").build(), START, 0, 0));

        // When
        Explanation explanation = explain(Events.key("r1"), trail, Optional.of(newer));

        // Then
        assertThat(explanation.computed().map(Disposition::getStatus)).contains(Status.DEFERRED);
        assertThat(explanation.text())
                .contains("The published disposition of " + Events.key("r1") + " is left out here")
                .contains("Published status: UNKNOWN. By these facts: DEFERRED.");
    }

    @Test
    void shouldLeaveOutAParentWithoutAHistory() {
        // Given
        Disposition bare =
                Disposition.newBuilder(published()).setHistory(List.of()).build();
        List<TrailEvent> trail = List.of(new TrailEvent(deferred("r2").build(), START, 0, 0));

        // When
        Explanation explanation = new Explainer(SETTINGS)
                .explain(new Evidence(
                        Events.key("r2"),
                        Trail.complete(trail),
                        Optional.empty(),
                        Optional.empty(),
                        ReportedClocks.NONE,
                        new ParentEvidence(List.of(bare), List.of())));

        // Then
        assertThat(explanation.computed().map(Disposition::getStatus)).contains(Status.DEFERRED);
    }

    @Test
    void shouldLeaveOutAParentThatItCannotRead() {
        // Given
        Disposition newer = Disposition.newBuilder(published()).build();
        newer.getHistory()
                .forEach(attempt -> attempt.getEntered().forEach(entry -> entry.put("status", Status.UNKNOWN)));
        Evidence evidence = new Evidence(
                Events.key("r2"),
                Trail.complete(List.of(new TrailEvent(deferred("r2").build(), START, 0, 0))),
                Optional.empty(),
                Optional.empty(),
                ReportedClocks.NONE,
                new ParentEvidence(List.of(newer), List.of()));

        // When
        Explanation explanation = new Explainer(SETTINGS).explain(evidence);

        // Then
        assertThat(explanation.text()).contains("The published disposition of " + Events.key("r1"));
    }

    @Test
    void shouldKeepEachStepOnOneLine() {
        // Given
        List<Step> steps = List.of(Step.of("one\ntwo\u2028three\u202Efour\u0085five\u2029six"));

        // When
        String text = new Explanation("k", Optional.empty(), List.of(new Section(Topic.STATUS, steps))).text();

        // Then
        assertThat(text).contains("one<U+000A>two<U+2028>three<U+202E>four<U+0085>five<U+2029>six\n");
    }

    @Test
    void shouldTakeAnyFormOfTheKey() {
        // Given
        String key = Events.key("r1");
        String other =
                key.replaceFirst("record", "record".toUpperCase(Locale.ROOT)).replace("r1", "%721");
        Disposition published = published();

        // When
        Explanation explanation =
                explain(other, List.of(new TrailEvent(deferred("r1").build(), START, 0, 0)), Optional.of(published));

        // Then
        assertThat(explanation.subjectKey()).isEqualTo(key);
        assertThat(explanation.agrees()).as(explanation.text()).isTrue();
    }

    @Test
    void shouldReadEventsOfOneTimeByTheirOffsets() {
        // Given
        TrailEvent second = new TrailEvent(deferred("r1").build(), LATER, 0, 8);
        TrailEvent first =
                new TrailEvent(completed("r1").at(START.plus(1, MINUTES)).build(), LATER, 0, 7);

        // When
        List<ReadEvent> read = new TrailReading(
                        SETTINGS, new PolicyDeadlines(SETTINGS.policies(), SETTINGS.expectations()))
                .read(Trail.complete(List.of(second, first)));

        // Then
        assertThat(read).extracting(ReadEvent::body).containsExactly("Completed", "Deferred");
    }
}
