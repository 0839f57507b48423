package io.foundling.topology.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.RuledSubject;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.TimeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules, explained at every step: the explanation must agree with what is published then, unless the rules themselves
 * would change it at the next look.
 */
final class ExplainedSubject implements LifecycleUnderTest {

    private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    private final RuledSubject subject;
    private final Explainer explainer;
    private final List<ReadEvent> read = new ArrayList<>();
    private Explanation explanation;

    ExplainedSubject(NaiveSettings settings) {
        subject = new RuledSubject(settings);
        explainer = new Explainer(settings(settings));
    }

    /** Nothing is removed or forgotten. */
    private static LedgerSettings settings(NaiveSettings naive) {
        LedgerSettings base = LedgerSettings.defaults("audit.events", 1);
        return new LedgerSettings(
                base.topics(),
                new TimeSettings(
                        Duration.ofMillis(naive.clocks().allowedLagMs()),
                        Duration.ofMillis(naive.clocks().maxSkewMs())),
                new LateEvents(
                        base.lateEvents().lateAfter(),
                        base.lateEvents().arrivalGrace(),
                        Duration.ofMillis(naive.maxLateHoldMs())),
                base.sweep(),
                new LedgerSettings.Retention(FOREVER, FOREVER, FOREVER),
                new LedgerSettings.Settlement(Duration.ofMillis(naive.settleGraceMs()), FOREVER, FOREVER),
                base.alerting(),
                base.policySet());
    }

    /** Returns the explanation after the last step. */
    Explanation explanation() {
        return explanation;
    }

    @Override
    public List<NaiveChange> arrive(NaiveEvent event, NaiveMoment moment) {
        List<NaiveChange> changes = subject.arrive(event, moment);
        read.add(ReadEvent.applied(
                event.fact().map(fact -> fact.type().name()).orElse("Annotated"),
                RuledSubject.arrival(event, List.of())));
        explain(moment);
        return changes;
    }

    @Override
    public List<NaiveChange> look(NaiveMoment moment) {
        List<NaiveChange> changes = subject.look(moment);
        explain(moment);
        return changes;
    }

    private void explain(NaiveMoment moment) {
        Optional<Disposition> published =
                subject.state().isKnown() ? Optional.of(subject.published()) : Optional.empty();
        Evidence evidence = new Evidence(
                subject.key(),
                Trail.complete(List.of()),
                published,
                subject.publishedWarning(),
                ReportedClocks.NONE,
                ParentEvidence.NONE);
        explanation = explainer.explain(
                evidence, asAppended(), subject.moment(moment), parents(RuledSubject.parents(moment)));
        assertThat(explanation.agrees() || !subject.isSettled(moment))
                .as(explanation.text())
                .isTrue();
    }

    /** Events of one time as a trail without offsets has them. */
    private List<ReadEvent> asAppended() {
        return read.stream()
                .sorted(Comparator.comparingLong(
                                (ReadEvent event) -> event.arrival().appendedAtMs())
                        .thenComparingLong(event -> event.arrival().occurredAtMs())
                        .thenComparing(event -> event.arrival().eventId()))
                .toList();
    }

    /** What is published of a parent shows a closing for longer than a ledger task remembers it. */
    private Parents parents(Parents remembered) {
        return key -> {
            Closings known = remembered.of(key);
            return known.attempts().isEmpty() ? ended(key) : known;
        };
    }

    private Closings ended(String parent) {
        List<Closing> closings = subject.state().endings().stream()
                .filter(ending -> ending.parent().equals(parent))
                .map(ending -> new Closing(1, Status.CANCELLED, ending.atMs(), ending.afterMs(), Fact.NOT_SAID))
                .toList();
        return new Closings(closings, closing -> Long.MIN_VALUE, Times.NEVER);
    }

    @Override
    public Optional<NaiveView> view() {
        return subject.view();
    }

    @Override
    public Set<NaiveViolation> reportedViolations() {
        return subject.reportedViolations();
    }
}
