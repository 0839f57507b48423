package io.foundling.topology.lifecycle;

import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.topology.ledger.PublishedForms;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveAttempt;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveDeadline;
import io.foundling.topology.lifecycle.naive.model.NaiveDetails;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaivePast;
import io.foundling.topology.lifecycle.naive.model.NaiveRecovery;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import io.foundling.topology.rebuild.RebuiltSubject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The real rules behind the interface that the naive ones share. */
public final class RuledSubject implements LifecycleUnderTest {

    private static final long FOREVER_MS = Long.MAX_VALUE;

    private final Lifecycle lifecycle;
    private final String key;
    private Disposition state;
    private Optional<Schedule> schedule = Optional.empty();

    public RuledSubject(NaiveSettings settings) {
        this(settings, Disposition.NONE);
    }

    RuledSubject(NaiveSettings settings, Disposition state) {
        this.state = state;
        lifecycle = new Lifecycle(new LifecycleSettings(
                settings.maxLateHoldMs(),
                FOREVER_MS,
                FOREVER_MS,
                FOREVER_MS,
                settings.settleGraceMs(),
                settings.clocks().maxSkewMs(),
                settings.clocks().allowedLagMs()));
        key = settings.clocks().ofRecord() ? "record/s/t/1" : "scope/s/t/9";
    }

    private RuledSubject(Lifecycle lifecycle, String key) {
        this.lifecycle = lifecycle;
        this.key = key;
    }

    /** Has it completed again by a schedule, instead of its maxAge. */
    RuledSubject by(Schedule other) {
        schedule = Optional.of(other);
        return this;
    }

    public Disposition state() {
        return state;
    }

    /** Returns another subject with what a rebuild makes of what is published of this one. */
    RuledSubject rebuilt() {
        PlacedDisposition placed = lifecycle.placed(key, state);
        RuledSubject rebuilt = new RuledSubject(lifecycle, key);
        rebuilt.state = lifecycle.rebuilt(
                key,
                RebuiltSubject.of(
                        PublishedForms.disposition(key, placed),
                        Collections.emptyNavigableMap(),
                        PublishedForms.warning(key, placed),
                        state.newestAppendedAtMs()),
                Optional.empty());
        return rebuilt;
    }

    /** Whether another look at the same moment changes nothing. */
    public boolean isSettled(NaiveMoment moment) {
        return !lifecycle.onSweep(key, state, moment(moment), parents(moment)).changed();
    }

    public String key() {
        return key;
    }

    /** Returns the warning that is published of it. */
    public Optional<OrphanWarning> publishedWarning() {
        return state.isKnown() ? PublishedForms.warning(key, lifecycle.placed(key, state)) : Optional.empty();
    }

    /** Returns what shows how fresh it is. */
    Optional<Freshness> freshness() {
        return lifecycle.placed(key, state).freshness();
    }

    /** Returns why it is stale, or will be, at a moment. */
    Decision.Scope scope(NaiveMoment moment) {
        return lifecycle.onSweep(key, state, moment(moment), parents(moment)).scope();
    }

    /** Returns what is published of it. */
    public io.foundling.audit.Disposition published() {
        return PublishedForms.disposition(key, lifecycle.placed(key, state));
    }

    @Override
    public List<NaiveChange> arrive(NaiveEvent event, NaiveMoment moment) {
        return take(lifecycle.onEvent(key, state, arrival(event, List.of()), moment(moment), parents(moment)));
    }

    /** Takes an event in which was found to be wrong, and returns the violations that are published. */
    List<Violation> violationsOf(NaiveEvent event, Violation... found) {
        NaiveMoment moment = NaiveMoment.unset();
        Decision decision =
                lifecycle.onEvent(key, state, arrival(event, List.of(found)), moment(moment), parents(moment));
        take(decision);
        return decision.outputs().violations();
    }

    public static Arrival arrival(NaiveEvent event, List<Violation> found) {
        return new Arrival(
                event.fact(),
                event.eventId(),
                event.attempt(),
                event.occurredAtMs(),
                event.metadata(),
                found,
                event.appendedAtMs());
    }

    @Override
    public List<NaiveChange> look(NaiveMoment moment) {
        return take(lifecycle.onSweep(key, state, moment(moment), parents(moment)));
    }

    public Moment moment(NaiveMoment moment) {
        Reminders reminders = moment.repeatMs() == 0 ? Reminders.NONE : status -> moment.repeatMs();
        return new Moment(
                moment.clockMs(),
                Math.max(0, moment.clockMs()),
                delay(moment.delayMs()),
                Silence.NONE,
                reminders,
                schedule);
    }

    private static Delay delay(long delayMs) {
        return delayMs == 0 ? Delay.NONE : new Delay(List.of(new Delay.Step(delayMs, Times.NEVER)));
    }

    public static Parents parents(NaiveMoment moment) {
        return parentKey -> closings(moment.parents().getOrDefault(parentKey, List.of()));
    }

    private static Closings closings(List<NaiveClosing> known) {
        List<Closing> closings = new ArrayList<>();
        long previousMs = Times.NEVER;
        for (NaiveClosing each : known) {
            Status outcome = each.warns() ? Status.COMPLETED : Status.CANCELLED;
            closings.add(new Closing(each.attempt(), outcome, each.closedAtMs(), previousMs, Fact.NOT_SAID));
            if (each.closedAtMs() != Times.NEVER) {
                previousMs = previousMs == Times.NEVER ? each.closedAtMs() : Math.max(previousMs, each.closedAtMs());
            }
        }
        return new Closings(
                closings,
                closing -> known.stream()
                        .filter(each -> each.attempt() == closing.attempt())
                        .findFirst()
                        .orElseThrow()
                        .reportedAtMs(),
                known.isEmpty() ? Times.NEVER : known.get(known.size() - 1).readThroughMs());
    }

    private List<NaiveChange> take(Decision decision) {
        state = decision.state();
        return decision.outputs().warnings().stream()
                .map(change -> new NaiveChange(
                        NaiveChange.Kind.valueOf(change.kind().name()),
                        change.warning().id().attempt(),
                        change.warning().id().status(),
                        change.warning().id().extension()))
                .toList();
    }

    @Override
    public Optional<NaiveView> view() {
        if (!state.isKnown()) {
            return Optional.empty();
        }
        DispositionView view = lifecycle.placed(key, state).view();
        Map<String, String> metadata = new TreeMap<>();
        state.metadata().values().forEach((key, value) -> metadata.put(key, value.value()));
        return Optional.of(new NaiveView(
                state.status(),
                state.attempt(),
                view.parent(),
                view.enteredAtMs(),
                new NaiveDeadline(
                        view.deadline().atMs(),
                        view.deadline().graceMs(),
                        view.deadline().rule()),
                new NaiveDetails(
                        view.texts().detail(),
                        view.texts().waitingOn(),
                        view.texts().reason(),
                        view.texts().externalId(),
                        view.texts().promisedBy(),
                        view.texts().outputHash(),
                        view.numbers().durationMs(),
                        view.numbers().counts()),
                state.warnings().stream().map(RuledSubject::warning).toList(),
                new NaivePast(
                        view.firstOccurredAtMs(),
                        view.lastOccurredAtMs(),
                        metadata,
                        history(view),
                        state.retention().endedAtMs())));
    }

    private static List<NaiveAttempt> history(DispositionView view) {
        return view.history().stream()
                .map(span -> new NaiveAttempt(span.attempt(), span.status(), span.startedAtMs(), span.endedAtMs()))
                .toList();
    }

    private static NaiveWarning warning(Warning warning) {
        return new NaiveWarning(
                warning.id().attempt(),
                warning.id().status(),
                warning.id().extension(),
                warning.limit().reason(),
                warning.enteredAtMs(),
                warning.limit().deadline().atMs(),
                warning.limit().deadline().rule(),
                new NaiveRecovery(warning.recoveredAtMs(), warning.restarted()));
    }

    @Override
    public Set<NaiveViolation> reportedViolations() {
        return state.reported().stream()
                .map(each -> new NaiveViolation(each.attempt(), each.type()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
