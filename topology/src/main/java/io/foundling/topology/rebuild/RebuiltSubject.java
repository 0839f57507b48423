package io.foundling.topology.rebuild;

import io.foundling.audit.Attempt;
import io.foundling.audit.Entry;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.RecoveryReason;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Chain;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.ExpectedId;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Limit;
import io.foundling.topology.lifecycle.Metadata;
import io.foundling.topology.lifecycle.MetadataValue;
import io.foundling.topology.lifecycle.RetentionTimes;
import io.foundling.topology.lifecycle.Statuses;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.WaitId;
import io.foundling.topology.lifecycle.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes the state of a subject from what is published of it (rule R6): a fact for each status that each of its attempts
 * has had, one for each extension or restart after a limit, and the warnings as they were emitted. One instance makes
 * one subject.
 */
public final class RebuiltSubject {

    private static final String CLOSURE_RULE = "closure";
    private static final String EXTENDED_RULE = "extended";
    private static final UUID LOWEST_ID = new UUID(0, 0);

    private final io.foundling.audit.Disposition published;
    private final RebuiltAttempts attempts;
    private final Optional<OrphanWarning> active;
    private final long writtenAtMs;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    private RebuiltSubject(
            io.foundling.audit.Disposition published,
            RebuiltAttempts attempts,
            Optional<OrphanWarning> active,
            long writtenAtMs) {
        this.published = published;
        this.attempts = attempts;
        this.active = active;
        this.writtenAtMs = writtenAtMs;
    }

    /**
     * Returns the state of a subject.
     *
     * @param settled its settlements by attempt, if it is a parent
     * @param active its warning on audit.orphans, if there is one
     * @param writtenAtMs when the disposition was written: all facts in it were read by then
     */
    public static Disposition of(
            io.foundling.audit.Disposition published,
            NavigableMap<Integer, Settlement> settled,
            Optional<OrphanWarning> active,
            long writtenAtMs) {
        return new RebuiltSubject(published, RebuiltAttempts.of(published, settled), active, writtenAtMs).rebuilt();
    }

    private Disposition rebuilt() {
        attempts.kept().forEach(this::add);
        Collapsed collapsed = attempts.collapsed();
        if (published.getFreshness() != null) {
            RebuiltScope scope = new RebuiltScope(published, attempts.kept(), this::fact);
            scope.complete(facts);
            collapsed = scope.after(collapsed);
        } else if (published.getDeclared() && facts.stream().noneMatch(fact -> fact.type() == FactType.DECLARED)) {
            Attempt first = attempts.kept().get(0);
            facts.add(fact(FactType.DECLARED, first, ms(published.getFirstOccurredAt())));
        }
        facts.sort(Fact.TOTAL_ORDER);
        warnings.sort(Comparator.comparingInt((Warning warning) -> warning.id().attempt())
                .thenComparingInt(warning -> warning.id().status().ordinal())
                .thenComparingInt(warning -> warning.id().extension()));
        return new Disposition(
                List.copyOf(facts),
                collapsed,
                published.getStatus(),
                published.getAttempt(),
                metadata(),
                new Emitted(List.copyOf(warnings), Set.of(), List.of()),
                writtenAtMs,
                new RetentionTimes(writtenAtMs, Times.NEVER, ms(published.getEndedWithParentAt())));
    }

    private void add(Attempt attempt) {
        SortedMap<Status, Long> entered = entered(attempt);
        entered.forEach((status, atMs) -> addStatus(attempt, status, atMs, leftMs(attempt, status, entered)));
    }

    /** Version 1 of the contract does not say which statuses an attempt had before: any that came first will do. */
    private SortedMap<Status, Long> entered(Attempt attempt) {
        SortedMap<Status, Long> entered = new TreeMap<>();
        for (Entry entry : attempt.getEntered()) {
            entered.put(entry.getStatus(), ms(entry.getAt()));
        }
        if (entered.isEmpty()) {
            long startedMs = ms(attempt.getStartedAt());
            long decidedMs = decidedMs(attempt);
            entered.put(attempt.getStatus(), decidedMs);
            if (startedMs < decidedMs) {
                entered.put(attempt.getStatus() == Status.OPEN ? Status.EXPECTED : Status.OPEN, startedMs);
            }
        }
        marksOf(attempt).forEach(mark -> entered.putIfAbsent(mark.getStatus(), ms(mark.getEnteredAt())));
        return entered;
    }

    private long decidedMs(Attempt attempt) {
        if (isLatest(attempt)) {
            return ms(published.getEnteredAt());
        }
        return Statuses.awaits(attempt.getStatus()) || attempt.getEndedAt() == null
                ? ms(attempt.getStartedAt())
                : ms(attempt.getEndedAt());
    }

    /** Returns when an attempt left a status: a status of a higher rank came, or another attempt, or its parent ended it. */
    private long leftMs(Attempt attempt, Status status, SortedMap<Status, Long> entered) {
        long leftMs = isLatest(attempt) ? ms(published.getEndedWithParentAt()) : Times.NEVER;
        for (Map.Entry<Status, Long> other : entered.entrySet()) {
            if (type(other.getKey()).rank() > type(status).rank()) {
                leftMs = Math.min(leftMs, other.getValue());
            }
        }
        for (Attempt later : published.getHistory()) {
            if (later.getAttempt() > attempt.getAttempt()) {
                leftMs = Math.min(leftMs, ms(later.getStartedAt()));
            }
        }
        return leftMs;
    }

    private boolean isLatest(Attempt attempt) {
        return attempt.getAttempt() == published.getAttempt();
    }

    private List<OrphanMark> marksOf(Attempt attempt) {
        return published.getMarks().stream()
                .filter(mark -> mark.getAttempt() == attempt.getAttempt())
                .toList();
    }

    /** Adds the fact that entered a status, and those that moved its deadline once it had passed. */
    private void addStatus(Attempt attempt, Status status, long enteredMs, long leftMs) {
        boolean isPresent = isLatest(attempt) && status == published.getStatus();
        List<OrphanMark> marks = marksOf(attempt).stream()
                .filter(mark -> mark.getStatus() == status)
                .sorted(Comparator.comparingInt(OrphanMark::getExtension))
                .toList();
        long graceMs = graceMs(isPresent);
        Deadline last = isPresent && published.getDeadline() != null ? present(graceMs) : Deadline.NONE;
        Deadline first = marks.isEmpty() ? last : deadline(marks.get(0), last, graceMs);
        int gaps = marks.isEmpty() ? 0 : marks.get(0).getExtension();
        FactType type = type(status);
        Fact entering = fact(type, attempt, enteredMs, first);
        facts.add(new Fact(
                entering.type(),
                entering.attempt(),
                enteredMs,
                entering.event(),
                parent(attempt),
                first,
                isPresent ? texts() : FactTexts.NONE,
                numbers(attempt, status, isPresent).with(Chain.of(Times.NEVER, gaps))));
        for (int at = 0; at < marks.size(); at++) {
            OrphanMark mark = marks.get(at);
            OrphanMark next = at + 1 < marks.size() ? marks.get(at + 1) : null;
            warnings.add(warning(mark, attempt, graceMs));
            if (next != null || isMoved(mark, leftMs)) {
                addMove(attempt, type, mark, next, next == null ? last : deadline(next, last, graceMs));
            } else if (isPresent && isMovedLater(mark, last)) {
                addMoveToCome(attempt, type, mark, last);
            }
        }
    }

    /** A restart may come in the same millisecond as what leaves the status. */
    private static boolean isMoved(OrphanMark mark, long leftMs) {
        return mark.getRecoveryReason() == RecoveryReason.RESTARTED || ms(mark.getRecoveredAt()) < leftMs;
    }

    /** Whether an orphan has another deadline than that of its warning: something moves it that is still to happen. */
    private static boolean isMovedLater(OrphanMark mark, Deadline present) {
        return present.exists()
                && mark.getRecoveredAt() == null
                && mark.getReason() != OrphanReason.PARENT_CLOSED
                && (ms(mark.getStartsAt()) != present.atMs() || !mark.getRule().equals(present.rule()));
    }

    /**
     * Adds an extension or a restart that happens after the audit clock. When it happens is not published: not after the
     * last fact, and not after the limit that it sets, unless that is in the past.
     */
    private void addMoveToCome(Attempt attempt, FactType type, OrphanMark mark, Deadline present) {
        long lastMs = ms(published.getLastOccurredAt());
        long limitMs = Times.plus(present.atMs(), present.graceMs());
        long atMs = limitMs > ms(mark.getStartsAt()) ? Math.min(lastMs, limitMs) : lastMs;
        boolean restarts = !present.rule().equals(EXTENDED_RULE);
        facts.add(move(fact(restarts ? type : FactType.EXTENDED, attempt, atMs, present), present, 0));
    }

    /** Adds the extension or the restart with which an orphan recovered without leaving its status. */
    private void addMove(Attempt attempt, FactType type, OrphanMark mark, OrphanMark next, Deadline deadline) {
        boolean restarts = mark.getRecoveryReason() == RecoveryReason.RESTARTED;
        int gaps = next == null ? 0 : next.getExtension() - mark.getExtension() - 1;
        long movedMs = ms(mark.getRecoveredAt());
        facts.add(move(fact(restarts ? type : FactType.EXTENDED, attempt, movedMs, deadline), deadline, gaps));
    }

    private static Fact move(Fact fact, Deadline deadline, int gaps) {
        return new Fact(
                fact.type(),
                fact.attempt(),
                fact.occurredAtMs(),
                fact.event(),
                "",
                deadline,
                FactTexts.NONE,
                FactNumbers.NONE.with(Chain.of(Times.NEVER, gaps)));
    }

    /** Whatever moves a deadline, its grace stays that of the fact that entered the status. */
    private long graceMs(boolean isPresent) {
        if (!isPresent) {
            return 0;
        }
        if (published.getDeadline() != null) {
            return published.getDeadline().getGrace();
        }
        return active.map(OrphanWarning::getGrace).orElse(0L);
    }

    private Deadline present(long graceMs) {
        return Deadline.of(
                ms(published.getDeadline().getAt()),
                graceMs,
                published.getDeadline().getRule());
    }

    /**
     * Returns the deadline that a wait had of its own. Where the closing of a parent set the limit, it is not known, and
     * any later one will do.
     */
    private static Deadline deadline(OrphanMark mark, Deadline last, long graceMs) {
        long atMs = ms(mark.getStartsAt());
        if (mark.getReason() != OrphanReason.PARENT_CLOSED) {
            return new Deadline(atMs, graceMs, mark.getRule());
        }
        return mark.getRecoveredAt() == null ? last : new Deadline(atMs + 1, 0, CLOSURE_RULE);
    }

    private Warning warning(OrphanMark mark, Attempt attempt, long graceMs) {
        boolean closed = mark.getReason() == OrphanReason.PARENT_CLOSED;
        Deadline deadline = new Deadline(ms(mark.getStartsAt()), closed ? 0 : graceMs, mark.getRule());
        boolean isActive = mark.getRecoveredAt() == null;
        return new Warning(
                new WaitId(mark.getAttempt(), mark.getStatus(), mark.getExtension()),
                ms(mark.getEnteredAt()),
                new Limit(mark.getReason(), deadline, closed ? parent(attempt) : ""),
                active.filter(warning -> isActive && isOf(warning, mark))
                        .map(RebuiltEmission::of)
                        .orElseGet(() -> RebuiltEmission.of(mark, deadline)),
                isActive ? text(published.getWaitingOn()) : "",
                ms(mark.getRecoveredAt()),
                mark.getRecoveryReason() == RecoveryReason.RESTARTED,
                isActive && mark.getUnknown());
    }

    private static boolean isOf(OrphanWarning warning, OrphanMark mark) {
        return warning.getAttempt() == mark.getAttempt()
                && warning.getStatus() == mark.getStatus()
                && warning.getExtension() == mark.getExtension();
    }

    private FactType type(Status status) {
        return switch (status) {
            case EXPECTED -> published.getDeclared() ? FactType.DECLARED : FactType.EXPECTED;
            case OPEN -> FactType.OPENED;
            case DEFERRED -> FactType.DEFERRED;
            case PENDING -> FactType.PENDING;
            case RETRYING -> FactType.RETRYING;
            case COMPLETED -> FactType.COMPLETED;
            case FAILED -> FactType.FAILED;
            case SKIPPED -> FactType.SKIPPED;
            case CANCELLED -> FactType.CANCELLED;
            case RETIRED -> FactType.RETIRED;
            case UNKNOWN ->
                throw new IllegalStateException("a disposition has status UNKNOWN, which this program never publishes");
        };
    }

    /** Every fact stays in the attempt that is published; its number says nothing about those that come. */
    private Fact fact(FactType type, Attempt attempt, long occurredAtMs) {
        return fact(type, attempt, occurredAtMs, Deadline.NONE);
    }

    /**
     * Returns a fact of which nothing but its time is known.
     *
     * @param gives which deadline it gives: if that is one of an expectation, its Expected can still be revoked, and
     *     counts as known since its cause
     */
    private Fact fact(FactType type, Attempt attempt, long occurredAtMs, Deadline gives) {
        FactEvent read = gives.expectation()
                .filter(name -> type == FactType.EXPECTED)
                .map(name -> ExpectedId.of(name, text(published.getPromisedBy()), occurredAtMs))
                .map(id -> new FactEvent(id, occurredAtMs))
                .orElseGet(() -> new FactEvent(Fact.rebuiltId(type, occurredAtMs, facts.size()), writtenAtMs));
        return new Fact(
                type, -attempt.getAttempt(), occurredAtMs, read, "", Deadline.NONE, FactTexts.NONE, FactNumbers.NONE);
    }

    private String parent(Attempt attempt) {
        Subject parent = isLatest(attempt) ? published.getParent() : attempt.getParent();
        return parent == null ? "" : SubjectKey.of(parent);
    }

    private FactTexts texts() {
        return FactTexts.of(
                text(published.getDetail()),
                text(published.getWaitingOn()),
                text(published.getReason()),
                text(published.getExternalId()),
                text(published.getPromisedBy()),
                text(published.getOutputHash()));
    }

    /** A number of members is announced by a submission; where its time is not known, by the fact that decides. */
    private FactNumbers numbers(Attempt attempt, Status status, boolean isPresent) {
        boolean isSubmitted = attempt.getEntered().stream().anyMatch(entry -> entry.getStatus() == Status.PENDING);
        boolean announces = isLatest(attempt)
                && published.getExpectedMembers() != null
                && (isSubmitted ? status == Status.PENDING : isPresent);
        long expected = announces ? published.getExpectedMembers() : Fact.NOT_SAID;
        return isPresent
                ? FactNumbers.of(
                        expected,
                        published.getDurationMs() == null ? Fact.NOT_SAID : published.getDurationMs(),
                        published.getCounts())
                : FactNumbers.of(expected, Fact.NOT_SAID, Map.of());
    }

    /** Which event set a value is not published: it is taken for as late as the latest fact. */
    private Metadata metadata() {
        SortedMap<String, MetadataValue> values = new TreeMap<>();
        published
                .getMetadata()
                .forEach((key, value) ->
                        values.put(key, new MetadataValue(value, ms(published.getLastOccurredAt()), LOWEST_ID)));
        return new Metadata(values);
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static long ms(Instant moment) {
        return moment == null ? Times.NEVER : moment.toEpochMilli();
    }
}
