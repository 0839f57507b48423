package io.foundling.topology.lifecycle.naive;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
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

    private static final Comparator<NaiveWatch.Key> BY_KEY = Comparator.comparing(NaiveWatch.Key::attempt)
            .thenComparing(NaiveWatch.Key::status)
            .thenComparing(NaiveWatch.Key::extension);

    private final NaiveSettings settings;
    private final List<NaiveEvent> events = new ArrayList<>();
    private final Set<NaiveViolation> reported = new HashSet<>();
    private final Map<NaiveWatch.Key, Told> told = new TreeMap<>(BY_KEY);
    private Optional<NaiveEvent> newest = Optional.empty();

    /** A warning as it was last brought up to date, and the clock when it was first given. */
    private record Told(NaiveWatch watch, long clockMs) {}

    public NaiveSubject(NaiveSettings settings) {
        this.settings = settings;
    }

    /** Returns the marks of facts once everything has been read and nothing is held. */
    public static List<NaiveMark> expectedMarks(Collection<Fact> facts, long clockMs) {
        return expectedMarks(facts, NaiveMoment.at(clockMs), 0);
    }

    /** The same where parents have closed. */
    public static List<NaiveMark> expectedMarks(Collection<Fact> facts, NaiveMoment moment, long settleGraceMs) {
        List<Fact> inOrder = facts.stream().sorted(NaiveOrder.IN_ORDER).toList();
        return new NaiveParents(moment.parents(), settleGraceMs)
                .limited(NaivePlacing.of(inOrder), List.of()).stream()
                        .filter(watch -> watch.due(moment.clockMs()))
                        .map(NaiveWatch::mark)
                        .toList();
    }

    /** Returns the facts of events, one for each eventId, in order. */
    public static List<Fact> distinctFacts(Collection<NaiveEvent> events) {
        return NaiveOrder.distinctFacts(events);
    }

    @Override
    public List<NaiveNotice> arrive(NaiveEvent event, NaiveMoment moment) {
        List<Fact> factsBefore = NaiveOrder.distinctFacts(events);
        NaiveMetadata metadataBefore = NaiveMetadata.of(events);
        events.add(event);
        boolean changed = !NaiveOrder.distinctFacts(events).equals(factsBefore)
                || !NaiveMetadata.of(events).merged().equals(metadataBefore.merged())
                || !NaiveMetadata.of(events).deciding().equals(metadataBefore.deciding());
        if (changed) {
            newest = Optional.of(event);
        }
        reported.addAll(NaiveViolations.of(placing()));
        if (NaiveMetadata.of(events).truncated()) {
            reported.add(new NaiveViolation(0, ViolationType.METADATA_TRUNCATED));
        }
        return look(moment);
    }

    @Override
    public List<NaiveNotice> look(NaiveMoment moment) {
        List<NaiveNotice> notices = new ArrayList<>();
        List<NaiveWatch> watches = new NaiveParents(moment.parents(), settings.settleGraceMs())
                .limited(placing(), told.values().stream().map(Told::watch).toList());
        for (NaiveWatch.Key key : List.copyOf(told.keySet())) {
            Optional<NaiveWatch> now =
                    watches.stream().filter(watch -> watch.key().equals(key)).findFirst();
            notices.addAll(reconsider(told.get(key), now, moment.clockMs()));
        }
        for (NaiveWatch watch : watches) {
            if (!told.containsKey(watch.key()) && watch.due(moment.clockMs()) && !held(moment)) {
                told.put(watch.key(), new Told(watch, moment.clockMs()));
                notices.add(watch.notice(NaiveNotice.Kind.EMITTED));
                if (watch.leftAtMs().isPresent()) {
                    notices.add(watch.notice(NaiveNotice.Kind.RECOVERED));
                }
            }
        }
        return notices;
    }

    private List<NaiveNotice> reconsider(Told former, Optional<NaiveWatch> found, long clockMs) {
        NaiveWatch before = former.watch();
        if (found.isEmpty() || withdrawn(found.get(), former.clockMs(), clockMs)) {
            told.remove(before.key());
            return List.of(before.notice(NaiveNotice.Kind.WITHDRAWN));
        }
        NaiveWatch now = found.get();
        told.put(now.key(), new Told(now, former.clockMs()));
        boolean stood = before.leftAtMs().isEmpty();
        boolean stands = now.leftAtMs().isEmpty();
        if (stood && !stands) {
            return List.of(now.notice(NaiveNotice.Kind.RECOVERED));
        }
        boolean changed = now.deadlineMs() != before.deadlineMs()
                || now.limitMs() != before.limitMs()
                || !now.rule().equals(before.rule())
                || now.reason() != before.reason();
        return stands && (!stood || changed) ? List.of(now.notice(NaiveNotice.Kind.UPDATED)) : List.of();
    }

    /** A limit that neither clock has passed is no limit to warn of: exactly at it counts as not passed, as in telling. */
    private static boolean withdrawn(NaiveWatch now, long clockAtTellingMs, long clockMs) {
        boolean leftInTime = now.leftAtMs().isPresent() && now.leftAtMs().getAsLong() <= now.limitMs();
        return leftInTime || (!now.passed(clockMs) && !now.passed(clockAtTellingMs));
    }

    private boolean held(NaiveMoment moment) {
        return newest.filter(NaiveEvent::late)
                .map(event -> Math.min(
                        NaiveOrder.add(moment.lastLateMs(), settings.lateArrivalGraceMs()),
                        NaiveOrder.add(event.appendedAtMs(), settings.maxLateHoldMs())))
                .map(untilMs -> moment.clockMs() <= untilMs)
                .orElse(false);
    }

    private NaivePlacing placing() {
        return NaivePlacing.of(NaiveOrder.distinctFacts(events));
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
        Optional<NaiveWatch> last = deciding.type().awaits()
                ? NaiveWatches.of(placing, attempt, deciding.type()).stream().reduce((a, b) -> b)
                : Optional.empty();
        Optional<NaiveWatch> limited = last.filter(watch -> watch.deadlineMs() != Fact.NEVER);
        List<Fact> placed = placing.placed();
        return Optional.of(new NaiveView(
                deciding.type().status(),
                attempt,
                NaivePlacing.parentOf(facts),
                deciding.occurredAtMs(),
                placed.get(0).occurredAtMs(),
                placed.get(placed.size() - 1).occurredAtMs(),
                limited.map(NaiveWatch::deadlineMs).orElse(Fact.NEVER),
                limited.map(NaiveWatch::graceMs).orElse(0L),
                limited.map(NaiveWatch::rule).orElse(""),
                deciding.detail(),
                last.map(NaiveWatch::waitingOn).filter(text -> !text.isEmpty()).orElse(deciding.waitingOn()),
                deciding.reason(),
                facts.stream()
                        .map(Fact::externalId)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""),
                told.values().stream().map(Told::watch).map(NaiveWatch::mark).toList(),
                NaiveMetadata.of(events).merged(),
                history(placing, numbers)));
    }

    private static List<NaiveAttempt> history(NaivePlacing placing, List<Integer> numbers) {
        return numbers.subList(Math.max(0, numbers.size() - 10), numbers.size()).stream()
                .map(number -> brief(placing, number))
                .toList();
    }

    private static NaiveAttempt brief(NaivePlacing placing, int number) {
        Fact deciding = placing.deciding(number);
        boolean finished = deciding.type().isOutcome() || deciding.type() == FactType.RETIRED;
        long startedAtMs = placing.withStatus(number).get(0).occurredAtMs();
        long nextStartMs = placing.nextWithStatus(number).stream()
                .mapToLong(Fact::occurredAtMs)
                .min()
                .orElse(Fact.NEVER);
        Status status = deciding.type().status();
        return new NaiveAttempt(number, status, startedAtMs, finished ? deciding.occurredAtMs() : nextStartMs);
    }
}
