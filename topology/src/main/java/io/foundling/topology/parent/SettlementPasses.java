package io.foundling.topology.parent;

import io.foundling.audit.Closure;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.store.Expiry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the members of parents that closed, page by page (rule P11). A pass reviews every member that a closing may
 * concern, counts it, and at its end releases the account. A change of the parent during a pass begins another pass.
 */
final class SettlementPasses {

    /** How many members are read at once. */
    private static final int PAGE = 100;

    /** Reading a member, and counting it, costs that much less than reviewing it. */
    private static final int READS_PER_REVIEW = 4;

    private final TaskClock clock;
    private final BusyTime busy;
    private final SourceDelays delays;
    private final LedgerStore index;
    private final ParentStore store;
    private final AccountStore accounts;
    private final KnownParents parents;
    private final Members members;
    private final long graceMs;
    private final long memoryMs;
    private final long maxHoldMs;

    SettlementPasses(
            TaskClock clock,
            BusyTime busy,
            SourceDelays delays,
            LedgerStore index,
            ParentStore store,
            AccountStore accounts,
            KnownParents parents,
            Members members,
            LedgerSettings settings) {
        this.clock = clock;
        this.busy = busy;
        this.delays = delays;
        this.index = index;
        this.store = store;
        this.accounts = accounts;
        this.parents = parents;
        this.members = members;
        graceMs = settings.settlement().grace().toMillis();
        memoryMs = settings.settlement().memory().toMillis();
        maxHoldMs = Times.ms(settings.lateEvents().maxHold());
    }

    /** Takes a closure in; one that is not newer than what is known changes nothing. */
    void read(Closure closure) {
        String parentKey = SubjectKey.of(closure.getParent());
        KnownParent parent = parents.parent(parentKey);
        Optional<KnownClosing> known = parent.closing(closure.getAttempt());
        boolean isOld = known.map(each -> each.version() >= closure.getVersion())
                .orElseGet(() -> parent.hasForgotten(closure.getAttempt()));
        if (isOld) {
            return;
        }
        KnownClosing read = known(closure, known);
        if (read.isClosed() && !known.map(before -> before.closesAsSaid(read)).orElse(false)) {
            // The event that closed the parent may have been read in another partition.
            long latenessMs = read.reportedAtMs() - read.closing().closedAtMs();
            delays.remember(closure.getParent().getSource(), read.reportedAtMs(), latenessMs);
        }
        schedule(parentKey, bounded(parentKey, parent.with(read)));
    }

    /** Forgets closings that are accounted for: the entry of a parent must not grow with the number of its attempts. */
    private KnownParent bounded(String parentKey, KnownParent parent) {
        List<KnownClosing> surplus = parent.surplus();
        if (surplus.isEmpty()) {
            return parent;
        }
        surplus.forEach(closing -> accounts.end(Group.settlement(parentKey, closing.attempt())));
        List<KnownClosing> kept = new ArrayList<>(parent.closings());
        kept.removeAll(surplus);
        return parent.holding(kept);
    }

    private KnownClosing known(Closure closure, Optional<KnownClosing> before) {
        Closing closing = new Closing(
                closure.getAttempt(),
                closure.getOutcome() == null ? Status.UNKNOWN : closure.getOutcome(),
                ms(closure.getClosedAt()),
                ms(closure.getPreviousClosedAt()),
                closure.getExpectedMembers() == null ? Fact.NOT_SAID : closure.getExpectedMembers());
        return new KnownClosing(
                closing,
                closure.getVersion(),
                closure.getPartitions(),
                before.filter(known -> known.closing().closedAtMs() == closing.closedAtMs())
                        .map(KnownClosing::reportedAtMs)
                        .orElseGet(() -> reportedAtMs(closure)),
                clock.wallMs(),
                before.map(KnownClosing::settledVersion).orElse(0),
                before.filter(KnownClosing::isClosed).map(KnownClosing::purged).orElse(false));
    }

    private long reportedAtMs(Closure closure) {
        return closure.getReportedAt() == null
                ? clock.wallMs()
                : closure.getReportedAt().toEpochMilli();
    }

    private static long ms(Instant moment) {
        return moment == null ? Times.NEVER : moment.toEpochMilli();
    }

    /** Deals with a parent whose entry in the expiry index came up: begins a pass, or waits on. */
    void due(String parentKey) {
        KnownParent parent = parents.parent(parentKey).indexedAt(Times.NEVER);
        if (parent.pass().isPresent()) {
            parents.save(parentKey, parent);
            return;
        }
        long clockMs = clock.auditMs();
        Map<Integer, Integer> settling = new HashMap<>();
        boolean purges = false;
        for (KnownClosing closing : parent.closings()) {
            if (dueMs(closing) < clockMs) {
                purges |= closing.isSettled();
                if (!closing.isSettled()) {
                    settling.put(closing.attempt(), closing.version());
                }
            }
        }
        if (settling.isEmpty() && !purges) {
            schedule(parentKey, parent);
        } else {
            parents.save(parentKey, parent.under(Optional.of(new Pass(settling))));
        }
    }

    /** When a closing needs a pass: once its members are out of time, and again when they may be forgotten. */
    private long dueMs(KnownClosing closing) {
        if (closing.isSettled()) {
            return Times.plus(closing.readAtMs(), memoryMs);
        } else if (!closing.isClosed()) {
            return Long.MIN_VALUE;
        }
        return limitMs(closing);
    }

    /** What awaits then is concerned: a cancelled attempt ends it at once, and it must be remembered. */
    private long concernedMs(KnownClosing closing) {
        return closing.closing().warns() ? limitMs(closing) : closing.closing().closedAtMs();
    }

    private long limitMs(KnownClosing closing) {
        return Times.plus(closing.closing().closedAtMs(), graceMs);
    }

    /** Returns when the limit of a closing is due for a subject: no account before that, if it is missing. */
    private long heldUntilMs(KnownClosing closing, String subjectKey) {
        return delays.ofSubject(subjectKey).dueMs(limitMs(closing), closing.reportedAtMs(), maxHoldMs);
    }

    private void schedule(String parentKey, KnownParent parent) {
        if (parent.pass().isPresent()) {
            parents.save(parentKey, parent);
            return;
        }
        long dueMs = parent.closings().stream().mapToLong(this::dueMs).min().orElse(Times.NEVER);
        long indexedAtMs = index.schedule(Expiry.Kind.MEMBERS, parentKey, parent.indexedAtMs(), dueMs);
        parents.save(parentKey, parent.indexedAt(indexedAtMs));
    }

    /** Goes on with the passes under way and returns how many members were reviewed, at most {@code budget}. */
    int run(int budget, MemberReview review) {
        return accounts.countTogether(() -> runAll(budget, review));
    }

    private int runAll(int budget, MemberReview review) {
        int reviewed = 0;
        boolean isTimeLeft = true;
        for (String parentKey : parents.underWay()) {
            if (reviewed < budget && isTimeLeft && isInTime(parents.parent(parentKey))) {
                reviewed += page(parentKey, budget - reviewed, review);
                isTimeLeft = busy.isLeft();
            }
        }
        return reviewed;
    }

    /** A pass waits while the clock is unset after a restart. */
    private boolean isInTime(KnownParent parent) {
        Map<Integer, Integer> settling = parent.pass().orElseThrow().settling();
        long clockMs = clock.auditMs();
        return parent.closings().stream()
                .filter(closing -> settling.containsKey(closing.attempt()) && !closing.isSettled())
                .allMatch(closing -> dueMs(closing) < clockMs);
    }

    private int page(String parentKey, int budget, MemberReview review) {
        int reviewed = 0;
        long read = 0;
        boolean last = false;
        boolean isTimeLeft = true;
        while (!last && reviewed < budget && read < (long) budget * READS_PER_REVIEW && isTimeLeft) {
            List<Member> page = new ArrayList<>();
            int limit = Math.min(PAGE, budget - reviewed);
            String cursor = parents.parent(parentKey).pass().orElseThrow().cursor();
            last = store.readMembers(parentKey, cursor, member -> page.size() < limit && page.add(member));
            int taken = 0;
            while (taken < page.size() && isTimeLeft) {
                reviewed += take(parentKey, page.get(taken++), review) ? 1 : 0;
                isTimeLeft = busy.isLeft();
            }
            last &= taken == page.size();
            read += taken;
        }
        if (last) {
            finish(parentKey);
        } else {
            parents.save(parentKey, parents.parent(parentKey));
        }
        return reviewed;
    }

    /** Whether a closing that is being settled may change the warnings of a member. */
    private boolean isConcerned(KnownParent parent, Member member) {
        Pass pass = parent.pass().orElseThrow();
        List<KnownClosing> closings = parents.closingsOf(parent, member.membership());
        if (pass.settling().isEmpty()) {
            return false;
        } else if (parent.corrected()) {
            return closings.isEmpty() && !parent.hasForgotten(member.membership())
                    || closings.stream()
                            .anyMatch(closing -> !closing.isSettled()
                                    || member.countIn(closing.attempt()).isEmpty());
        }
        long limitMs = closings.isEmpty() ? Long.MIN_VALUE : Times.NEVER;
        for (KnownClosing closing : closings) {
            limitMs = Math.min(limitMs, concernedMs(closing));
        }
        Membership membership = member.membership();
        return membership.endedAtMs() > limitMs || membership.isTriedAgain() && membership.againMs() > limitMs;
    }

    /** Takes one member and returns whether it had to be reviewed. */
    private boolean take(String parentKey, Member member, MemberReview review) {
        KnownParent parent = parents.parent(parentKey);
        Pass pass = parent.pass().orElseThrow();
        if (isForgotten(parent, member)) {
            members.drop(member);
            parents.moveOn(parentKey, parent.under(Optional.of(pass.at(member.key()))));
            return false;
        }
        boolean concerned = !member.isNameless() && isConcerned(parent, member);
        parents.moveOn(parentKey, parent.under(Optional.of(pass.at(member.key()))));
        if (concerned) {
            review.review(member.subjectKey());
        }
        Member counted = members.recounted(member);
        if (!counted.equals(member)) {
            store.save(counted);
        }
        if (concerned) {
            Pass held = pass.at(member.key());
            for (int attempt : counted.missingIn()) {
                long heldUntilMs = parent.closing(attempt)
                        .filter(closing -> !closing.isSettled())
                        .map(closing -> heldUntilMs(closing, member.subjectKey()))
                        .orElse(Long.MIN_VALUE);
                held = held.held(attempt, heldUntilMs);
            }
            parents.moveOn(parentKey, parent.under(Optional.of(held)));
        }
        return concerned;
    }

    /** Members that are missing where nobody is warned of them go with the closing (rule P17). */
    private boolean isForgotten(KnownParent parent, Member member) {
        List<KnownClosing> closings = parents.closingsOf(parent, member.membership());
        for (KnownClosing closing : closings) {
            if (!isOver(closing)
                    || closing.closing().warns() && member.missingIn().contains(closing.attempt())) {
                return false;
            }
        }
        return !members.isMissingInForgotten(member) && (!closings.isEmpty() || isOfUnknown(parent, member));
    }

    /** Whether a member is of attempts that were forgotten, or of unknown ones while its subject is not stored either. */
    private boolean isOfUnknown(KnownParent parent, Member member) {
        if (parent.hasForgotten(member.membership())) {
            return true;
        }
        Closings known = parent.known(Times.NEVER);
        return member.membership().begunMs().stream().allMatch(known::isUnknown) && !isStored(member.subjectKey());
    }

    private boolean isStored(String subjectKey) {
        return Erasure.isName(subjectKey) ? index.erasureNamed(subjectKey).isPresent() : index.holds(subjectKey);
    }

    private boolean isOver(KnownClosing closing) {
        return closing.isSettled() && dueMs(closing) < clock.auditMs();
    }

    private void finish(String parentKey) {
        KnownParent parent = parents.parent(parentKey);
        Pass pass = parent.pass().orElseThrow();
        List<KnownClosing> closings = new ArrayList<>();
        long dueMs = Times.NEVER;
        for (KnownClosing closing : parent.closings()) {
            Integer version = pass.settling().get(closing.attempt());
            Optional<KnownClosing> after = Optional.of(closing);
            long heldUntilMs = version == null ? Long.MIN_VALUE : heldUntilMs(parentKey, closing, pass);
            boolean isHeld = heldUntilMs >= clock.auditMs();
            if (version != null && !isHeld) {
                after = Optional.of(settled(parentKey, closing, version));
            } else if (version == null && isOver(closing)) {
                after = purged(parentKey, closing, closings.stream().anyMatch(KnownClosing::isClosed));
            }
            after.ifPresent(closings::add);
            dueMs = Math.min(
                    dueMs, isHeld ? heldUntilMs : after.map(this::dueMs).orElse(Times.NEVER));
        }
        if (closings.stream().noneMatch(closing -> closing.isClosed() || !closing.isSettled())) {
            closings.clear();
            dueMs = Times.NEVER;
        }
        KnownParent after = parent.holding(closings).under(Optional.empty());
        long indexedAtMs = index.schedule(Expiry.Kind.MEMBERS, parentKey, after.indexedAtMs(), dueMs);
        parents.save(parentKey, after.indexedAt(indexedAtMs));
    }

    /**
     * Returns until when a closing is held; a reopening is not. Members that this partition has not seen yet count by the
     * source of their parent: their own is not known.
     */
    private long heldUntilMs(String parentKey, KnownClosing closing, Pass pass) {
        return closing.isClosed()
                ? Math.max(pass.heldUntilMs(closing.attempt()), heldUntilMs(closing, parentKey))
                : Long.MIN_VALUE;
    }

    private KnownClosing settled(String parentKey, KnownClosing closing, int version) {
        KnownClosing settled = closing.settled(version);
        Group group = Group.settlement(parentKey, closing.attempt());
        Optional<Figures> before = accounts.account(group).flatMap(Account::settlement);
        if (settled.isSettled() && (closing.isClosed() || before.isPresent())) {
            Figures figures = before.orElse(Figures.none())
                    .under(
                            version,
                            closing.partitions(),
                            closing.closing().closedAtMs(),
                            closing.closing().outcome(),
                            closing.closing().expectedMembers());
            accounts.figures(group, figures, true, clock.wallMs());
        }
        return settled;
    }

    /**
     * A closing some of whose members are still missing is kept for another while, unless it was cancelled, and so is one
     * whose account was not sent yet. All that follow it are kept with it (rule P17).
     */
    private Optional<KnownClosing> purged(String parentKey, KnownClosing closing, boolean follows) {
        Group group = Group.settlement(parentKey, closing.attempt());
        boolean isMissed = closing.closing().warns()
                && accounts.account(group).map(Account::count).orElse(0L) > 0;
        if (!closing.isClosed() || follows || isMissed || accounts.isUnsent(group)) {
            return Optional.of(closing.purgedAt(clock.wallMs()));
        }
        accounts.forget(group);
        return Optional.empty();
    }
}
