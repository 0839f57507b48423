package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A subject that keeps every event it ever saw and works everything out anew at each step. */
public final class NaiveSubject implements LifecycleUnderTest {

    private static final Comparator<NaiveWait.Key> BY_KEY = Comparator.comparing(NaiveWait.Key::attempt)
            .thenComparing(NaiveWait.Key::status)
            .thenComparing(NaiveWait.Key::extension);

    private final NaiveSettings settings;
    private final List<NaiveEvent> events = new ArrayList<>();
    private final Set<NaiveViolation> reported = new HashSet<>();
    private final Map<NaiveWait.Key, Emitted> emitted = new TreeMap<>(BY_KEY);
    private Map<String, List<NaiveClosing>> parents = Map.of();
    private Set<NaiveEnd> ends = Set.of();

    /**
     * A warning as it was last brought up to date, and when it was emitted, and for which time.
     *
     * @param shownAtMs the clock when a consumer last saw it
     */
    private record Emitted(NaiveWait last, NaiveMoment when, long timeMs, long shownAtMs) {}

    public NaiveSubject(NaiveSettings settings) {
        this.settings = settings;
    }

    /** Returns the warnings of facts once everything has been read and nothing is held. */
    public static List<NaiveWarning> expectedWarnings(Collection<Fact> facts, long clockMs) {
        return expectedWarnings(facts, NaiveMoment.at(clockMs), 0, NaiveClocks.EXACT);
    }

    /** The same where parents have closed. */
    public static List<NaiveWarning> expectedWarnings(
            Collection<Fact> facts, NaiveMoment moment, long settleGraceMs, NaiveClocks clocks) {
        List<Fact> inOrder = facts.stream().sorted(NaiveOrder.IN_ORDER).toList();
        return new NaiveParents(moment.parents(), settleGraceMs)
                .limited(NaivePlacing.of(inOrder, clocks), List.of()).stream()
                        .filter(wait -> wait.isOverdue(moment, Long.MAX_VALUE))
                        .map(NaiveWait::warning)
                        .toList();
    }

    /** Returns the facts of events, one for each eventId, in order. */
    public static List<Fact> distinctFacts(Collection<NaiveEvent> events) {
        return NaiveOrder.distinctFacts(events);
    }

    @Override
    public List<NaiveChange> arrive(NaiveEvent event, NaiveMoment moment) {
        events.add(event);
        reported.addAll(NaiveViolations.of(placing(), settings.clocks().allowedLagMs()));
        if (NaiveMetadata.of(events).truncated()) {
            reported.add(new NaiveViolation(0, ViolationType.METADATA_TRUNCATED));
        }
        return look(moment);
    }

    @Override
    public List<NaiveChange> look(NaiveMoment moment) {
        parents = moment.parents();
        List<NaiveChange> changes = new ArrayList<>();
        NaiveParents known = new NaiveParents(parents, settings.settleGraceMs(), ends);
        List<NaiveWait> waits = known.limited(
                placing(), emitted.values().stream().map(Emitted::last).toList());
        ends = known.ends(placing());
        for (NaiveWait.Key key : List.copyOf(emitted.keySet())) {
            Optional<NaiveWait> now =
                    waits.stream().filter(wait -> wait.key().equals(key)).findFirst();
            changes.addAll(reconsider(emitted.get(key), now, moment));
        }
        for (NaiveWait wait : waits) {
            if (!emitted.containsKey(wait.key()) && wait.isOverdue(moment, settings.maxLateHoldMs())) {
                emitted.put(wait.key(), new Emitted(wait, moment, wait.limit().timeMs(), moment.clockMs()));
                changes.add(wait.change(NaiveChange.Kind.EMITTED));
                if (wait.leftAtMs().isPresent()) {
                    changes.add(wait.change(NaiveChange.Kind.RECOVERED));
                }
            }
        }
        return changes;
    }

    private List<NaiveChange> reconsider(Emitted former, Optional<NaiveWait> found, NaiveMoment moment) {
        NaiveWait before = former.last();
        if (found.isEmpty() || withdrawn(found.get(), former, moment)) {
            emitted.remove(before.key());
            return List.of(before.change(NaiveChange.Kind.WITHDRAWN));
        }
        NaiveWait now = found.get();
        emitted.put(now.key(), new Emitted(now, former.when(), former.timeMs(), former.shownAtMs()));
        boolean wasActive = before.leftAtMs().isEmpty();
        boolean isActive = now.leftAtMs().isEmpty();
        if (wasActive && !isActive) {
            return List.of(now.change(NaiveChange.Kind.RECOVERED));
        }
        boolean changed = now.limit().deadlineMs() != before.limit().deadlineMs()
                || now.limitMs() != before.limitMs()
                || !now.limit().rule().equals(before.limit().rule())
                || now.limit().reason() != before.limit().reason();
        boolean updated = isActive && (!wasActive || changed);
        if (!updated && !(isActive && isReminderMissing(former, moment))) {
            return List.of();
        }
        long shownAtMs = Math.max(former.shownAtMs(), moment.clockMs());
        emitted.put(now.key(), new Emitted(now, former.when(), former.timeMs(), shownAtMs));
        return List.of(now.change(updated ? NaiveChange.Kind.UPDATED : NaiveChange.Kind.REMINDED));
    }

    /** Whether the latest reminder before the clock is not before what a consumer saw last. */
    private static boolean isReminderMissing(Emitted warning, NaiveMoment moment) {
        BigInteger emittedAt = BigInteger.valueOf(warning.when().clockMs());
        BigInteger passed = BigInteger.valueOf(moment.clockMs()).subtract(emittedAt);
        if (moment.repeatMs() == 0 || passed.signum() <= 0) {
            return false;
        }
        BigInteger repeat = BigInteger.valueOf(moment.repeatMs());
        BigInteger number = passed.subtract(BigInteger.ONE).divide(repeat);
        BigInteger latest = emittedAt.add(number.multiply(repeat));
        return number.signum() > 0 && latest.compareTo(BigInteger.valueOf(warning.shownAtMs())) >= 0;
    }

    /** A limit that was never due is no limit to warn of: exactly at it counts as not passed, as in emitting. */
    private boolean withdrawn(NaiveWait now, Emitted former, NaiveMoment moment) {
        boolean leftInTime = now.leftAtMs().isPresent() && now.leftAtMs().getAsLong() <= now.limitMs();
        boolean judgedThen =
                NaiveOrder.add(former.when().clockMs(), -former.when().delayMs())
                        > now.limit().timeMs();
        boolean stays = now.isDue(moment, settings.maxLateHoldMs())
                || judgedThen
                || now.limit().timeMs() <= former.timeMs();
        return leftInTime || !stays;
    }

    /** Returns what shows how fresh it is; empty unless it is declared. */
    public Optional<NaiveFreshness> freshness() {
        Optional<Long> warnedMs = emitted.values().stream()
                .map(Emitted::last)
                .filter(wait -> wait.leftAtMs().isEmpty())
                .map(NaiveWait::limitMs)
                .findFirst();
        boolean isEnded =
                view().filter(view -> view.endedWithParentAtMs() != Times.NEVER).isPresent();
        return NaiveFreshness.of(placing(), warnedMs, isEnded);
    }

    private NaivePlacing placing() {
        return NaivePlacing.of(NaiveOrder.distinctFacts(events), settings.clocks());
    }

    @Override
    public Set<NaiveViolation> reportedViolations() {
        return Set.copyOf(reported);
    }

    @Override
    public Optional<NaiveView> view() {
        NaivePlacing placing = placing();
        List<Integer> numbers = placing.numbersWithStatus();
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        int attempt = numbers.get(numbers.size() - 1);
        List<Fact> facts = placing.attempts().get(attempt);
        Fact deciding = placing.deciding(attempt);
        Optional<NaiveWait> last = deciding.type().awaits()
                ? NaiveWaits.of(placing, attempt, deciding.type()).stream().reduce((a, b) -> b)
                : Optional.empty();
        long endedAtMs = new NaiveParents(parents, settings.settleGraceMs(), ends)
                .endedAt(attempt, placing)
                .orElse(Times.NEVER);
        List<Fact> placed = placing.placed();
        return Optional.of(new NaiveView(
                deciding.type().status(),
                attempt,
                placing.parent(attempt),
                deciding.occurredAtMs(),
                last.map(NaiveWait::limit)
                        .filter(limit -> limit.deadlineMs() != Times.NEVER && endedAtMs == Times.NEVER)
                        .map(limit -> new NaiveDeadline(limit.deadlineMs(), limit.graceMs(), limit.rule()))
                        .orElse(new NaiveDeadline(Times.NEVER, 0, "")),
                details(facts, deciding, last),
                emitted.values().stream()
                        .map(Emitted::last)
                        .map(NaiveWait::warning)
                        .toList(),
                new NaivePast(
                        placed.get(0).occurredAtMs(),
                        placed.get(placed.size() - 1).occurredAtMs(),
                        NaiveMetadata.of(events).merged(),
                        history(placing, numbers, endedAtMs),
                        endedAtMs)));
    }

    private static NaiveDetails details(List<Fact> facts, Fact deciding, Optional<NaiveWait> last) {
        return new NaiveDetails(
                deciding.texts().detail(),
                last.map(NaiveWait::waitingOn)
                        .filter(text -> !text.isEmpty())
                        .orElse(deciding.texts().waitingOn()),
                deciding.texts().reason(),
                facts.stream()
                        .map(fact -> fact.texts().externalId())
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""),
                deciding.texts().promisedBy(),
                deciding.texts().outputHash(),
                deciding.type() == FactType.DECLARED
                        ? Fact.NOT_SAID
                        : deciding.numbers().durationMs(),
                deciding.numbers().counts());
    }

    private static List<NaiveAttempt> history(NaivePlacing placing, List<Integer> numbers, long endedAtMs) {
        List<NaiveAttempt> history = new ArrayList<>();
        for (int number : numbers.subList(Math.max(0, numbers.size() - 10), numbers.size())) {
            NaiveAttempt brief = brief(placing, number);
            boolean ended = endedAtMs != Times.NEVER && number == numbers.get(numbers.size() - 1);
            history.add(ended ? new NaiveAttempt(number, brief.status(), brief.startedAtMs(), endedAtMs) : brief);
        }
        return history;
    }

    private static NaiveAttempt brief(NaivePlacing placing, int number) {
        Fact deciding = placing.deciding(number);
        boolean finished = deciding.type().isOutcome() || deciding.type() == FactType.RETIRED;
        long startedAtMs = placing.withStatus(number).get(0).occurredAtMs();
        long nextStartMs = placing.nextWithStatus(number).stream()
                .mapToLong(Fact::occurredAtMs)
                .min()
                .orElse(Times.NEVER);
        Status status = deciding.type().status();
        return new NaiveAttempt(number, status, startedAtMs, finished ? deciding.occurredAtMs() : nextStartMs);
    }
}
