package io.foundling.topology.parent;

import io.foundling.audit.Closure;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.Standing;
import io.foundling.topology.lifecycle.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through the members of parents that closed, page by page. A pass looks at every member that a closing may concern,
 * counts it, and at its end releases the account. What changes about a parent while a pass is under way begins another.
 */
final class Settling {

    /** How many members are read at once. */
    private static final int PAGE = 100;

    /** Reading a member, and counting it, costs that much less than looking at it. */
    private static final int READS_FOR_A_VISIT = 4;

    private final SettlingTask task;
    private final ParentStore store;
    private final AccountStore accounts;
    private final Knowledge knowledge;
    private final Members members;
    private final long graceMs;
    private final long memoryMs;

    Settling(
            SettlingTask task,
            ParentStore store,
            AccountStore accounts,
            Knowledge knowledge,
            Members members,
            long graceMs,
            long memoryMs) {
        this.task = task;
        this.store = store;
        this.accounts = accounts;
        this.knowledge = knowledge;
        this.members = members;
        this.graceMs = graceMs;
        this.memoryMs = memoryMs;
    }

    /** Takes a closure in; one that is not newer than what is known changes nothing. */
    void read(Closure closure) {
        String parentKey = SubjectKey.of(closure.getParent());
        KnownParent parent = knowledge.parent(parentKey);
        Optional<KnownClosure> known = parent.closure(closure.getAttempt());
        if (known.isPresent() && known.get().version() >= closure.getVersion()) {
            return;
        }
        schedule(parentKey, parent.with(known(closure, known)));
    }

    private KnownClosure known(Closure closure, Optional<KnownClosure> before) {
        return new KnownClosure(
                closure.getAttempt(),
                closure.getOutcome() == null ? Status.UNKNOWN : closure.getOutcome(),
                ms(closure.getClosedAt()),
                ms(closure.getPreviousClosedAt()),
                closure.getExpectedMembers() == null ? Fact.NOT_SAID : closure.getExpectedMembers(),
                closure.getVersion(),
                closure.getPartitions(),
                closure.getReportedAt() == null
                        ? task.wallMs()
                        : closure.getReportedAt().toEpochMilli(),
                task.wallMs(),
                before.map(KnownClosure::settledVersion).orElse(0),
                before.map(KnownClosure::purged).orElse(false));
    }

    private static long ms(Instant moment) {
        return moment == null ? Fact.NEVER : moment.toEpochMilli();
    }

    /** Deals with a parent whose entry in the expiry index came up: begins a pass, or waits on. */
    void due(String parentKey) {
        KnownParent parent = knowledge.parent(parentKey).indexedAt(Fact.NEVER);
        if (parent.pass().isPresent()) {
            knowledge.save(parentKey, parent);
            return;
        }
        long clockMs = task.clockMs();
        Map<Integer, Integer> settling = new HashMap<>();
        boolean purges = false;
        for (KnownClosure closure : parent.closures()) {
            if (dueMs(closure) < clockMs) {
                purges |= closure.isSettled();
                if (!closure.isSettled()) {
                    settling.put(closure.attempt(), closure.version());
                }
            }
        }
        if (settling.isEmpty() && !purges) {
            schedule(parentKey, parent);
        } else {
            knowledge.save(parentKey, parent.under(Optional.of(new Pass("", settling, Long.MIN_VALUE))));
        }
    }

    /** When a closure asks for a pass: once its members are out of time, and again when they may be forgotten. */
    private long dueMs(KnownClosure closure) {
        if (closure.isSettled()) {
            return Fact.saturatedAdd(closure.readAtMs(), memoryMs);
        } else if (!closure.isClosed()) {
            return Long.MIN_VALUE;
        }
        return Math.max(Fact.saturatedAdd(closure.closedAtMs(), graceMs), knowledge.heldUntilMs(closure));
    }

    private void schedule(String parentKey, KnownParent parent) {
        if (parent.pass().isPresent()) {
            knowledge.save(parentKey, parent);
            return;
        }
        long dueMs = parent.closures().stream().mapToLong(this::dueMs).min().orElse(Fact.NEVER);
        long indexedAtMs = task.schedule(parentKey, parent.indexedAtMs(), dueMs);
        knowledge.save(parentKey, parent.indexedAt(indexedAtMs));
    }

    /** Goes on with the passes under way and returns how many members were looked at, at most {@code budget}. */
    int run(int budget) {
        int visited = 0;
        for (String parentKey : knowledge.underWay()) {
            if (visited < budget && task.hasTime() && isInTime(knowledge.parent(parentKey))) {
                visited += page(parentKey, budget - visited);
            }
        }
        return visited;
    }

    /** A pass waits while the clock is unset after a restart, and while late events hold the partition again. */
    private boolean isInTime(KnownParent parent) {
        Map<Integer, Integer> settling = parent.pass().orElseThrow().settling();
        long clockMs = task.clockMs();
        return parent.closures().stream()
                .filter(closure -> settling.containsKey(closure.attempt()) && !closure.isSettled())
                .allMatch(closure -> dueMs(closure) < clockMs);
    }

    private int page(String parentKey, int budget) {
        int visited = 0;
        int read = 0;
        boolean last = false;
        while (!last && visited < budget && read < budget * READS_FOR_A_VISIT && task.hasTime()) {
            List<Member> page = new ArrayList<>();
            int limit = Math.min(PAGE, budget - visited);
            String cursor = knowledge.parent(parentKey).pass().orElseThrow().cursor();
            last = store.readMembers(parentKey, cursor, member -> page.size() < limit && page.add(member));
            for (Member member : page) {
                visited += goThrough(parentKey, member) ? 1 : 0;
            }
            read += page.size();
        }
        if (last) {
            finish(parentKey);
        } else {
            knowledge.save(parentKey, knowledge.parent(parentKey));
        }
        return visited;
    }

    /** Whether a closing that is being settled may change what is told of a member. */
    private boolean isConcerned(KnownParent parent, Member member) {
        Pass pass = parent.pass().orElseThrow();
        Optional<KnownClosure> closure = knowledge.closureOf(parent, member.membership());
        if (pass.settling().isEmpty()) {
            return false;
        } else if (parent.corrected()) {
            return closure.isEmpty()
                    || !closure.get().isSettled()
                    || member.countedIn() != closure.get().attempt();
        }
        long limitMs = closure.map(known -> Fact.saturatedAdd(known.closedAtMs(), graceMs))
                .orElse(Long.MIN_VALUE);
        return member.membership().endedAtMs() > limitMs;
    }

    /** Goes through one member and returns whether it had to be looked at. */
    private boolean goThrough(String parentKey, Member member) {
        KnownParent parent = knowledge.parent(parentKey);
        Pass pass = parent.pass().orElseThrow();
        if (isForgotten(parent, member)) {
            members.drop(member);
            knowledge.moveOn(parentKey, parent.under(Optional.of(pass.at(member.key(), Long.MIN_VALUE))));
            return false;
        }
        boolean concerned = isConcerned(parent, member);
        knowledge.moveOn(parentKey, parent.under(Optional.of(pass.at(member.key(), Long.MIN_VALUE))));
        long heldUntilMs = concerned ? task.visit(member.subjectKey()) : Long.MIN_VALUE;
        Member counted = members.recounted(member, false);
        if (!counted.equals(member)) {
            store.save(counted);
        }
        boolean open = counted.countedAs() == Standing.ORPHANED;
        knowledge.moveOn(
                parentKey, parent.under(Optional.of(pass.at(member.key(), open ? heldUntilMs : Long.MIN_VALUE))));
        return concerned;
    }

    private boolean isForgotten(KnownParent parent, Member member) {
        return member.countedAs() != Standing.ORPHANED
                && knowledge
                        .closureOf(parent, member.membership())
                        .map(this::isOver)
                        .orElse(false);
    }

    private boolean isOver(KnownClosure closure) {
        return closure.isSettled() && dueMs(closure) < task.clockMs();
    }

    private void finish(String parentKey) {
        KnownParent parent = knowledge.parent(parentKey);
        Pass pass = parent.pass().orElseThrow();
        boolean held = pass.heldUntilMs() >= task.clockMs();
        List<KnownClosure> closures = new ArrayList<>();
        for (KnownClosure closure : parent.closures()) {
            Integer version = pass.settling().get(closure.attempt());
            if (version != null) {
                closures.add(held ? closure : settled(parentKey, closure, version));
            } else if (!isOver(closure)) {
                closures.add(closure);
            } else {
                purged(parentKey, closure).ifPresent(closures::add);
            }
        }
        if (closures.stream().noneMatch(closure -> closure.isClosed() || !closure.isSettled())) {
            closures.clear();
        }
        KnownParent after = parent.holding(closures).under(Optional.empty());
        if (held) {
            long indexedAtMs = task.schedule(parentKey, after.indexedAtMs(), pass.heldUntilMs());
            knowledge.save(parentKey, after.indexedAt(indexedAtMs));
        } else {
            schedule(parentKey, after);
        }
    }

    private KnownClosure settled(String parentKey, KnownClosure closure, int version) {
        KnownClosure settled = closure.settled(version);
        Group group = Group.settlement(parentKey, closure.attempt());
        Optional<Figures> before = accounts.account(group).flatMap(Account::settlement);
        if (settled.isSettled() && (closure.isClosed() || before.isPresent())) {
            Figures figures = before.orElse(Figures.none())
                    .under(version, closure.partitions(), closure.closedAtMs(), closure.outcome(), closure.expected());
            accounts.figures(group, figures, true, task.wallMs());
        }
        return settled;
    }

    /** A closure some of whose members are still missing is kept for another while, and so is a reopening after it. */
    private Optional<KnownClosure> purged(String parentKey, KnownClosure closure) {
        Group group = Group.settlement(parentKey, closure.attempt());
        if (!closure.isClosed() || accounts.account(group).map(Account::count).orElse(0L) > 0) {
            return Optional.of(closure.purgedAt(task.wallMs()));
        }
        accounts.forget(group);
        return Optional.empty();
    }
}
