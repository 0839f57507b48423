package io.foundling.topology.parent;

import io.foundling.audit.AlertType;
import io.foundling.audit.Closure;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Mark;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Memberships;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.SubjectState;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Entry;
import java.util.Optional;

/**
 * All that follows for parents, members and groups from what was decided about one subject, and the passes over the members
 * of parents that closed.
 */
public final class Settle {

    private static final long SECONDS_TO_2000 = 946_684_800L;

    private final SettlingTask task;
    private final AccountStore accounts;
    private final Knowledge knowledge;
    private final Closures closures;
    private final Members members;
    private final Settling settling;

    public Settle(LedgerSettings settings, SettlingTask task, ParentStore store, AccountStore accounts) {
        this.task = task;
        this.accounts = accounts;
        knowledge = new Knowledge(task, store, settings.lateAfter().toMillis());
        closures = new Closures(task, store, settings.partitions());
        members = new Members(task, store, accounts, knowledge);
        settling = new Settling(
                task,
                store,
                accounts,
                knowledge,
                members,
                settings.settlement().grace().toMillis(),
                settings.settlement().memory().toMillis());
    }

    /** Returns the version of what is sent then: it rises even if everything about a parent was forgotten in between. */
    public static int version(long wallMs) {
        return (int) Math.max(1, wallMs / 1_000 - SECONDS_TO_2000);
    }

    /** Returns what is known of parents, for the lifecycle rules. */
    public Parents parents() {
        return knowledge;
    }

    /** Takes a closure in. */
    public void read(Closure closure) {
        settling.read(closure);
    }

    /** Notes that a partition holds members of a parent, or none any more. */
    public void named(String parentKey, int partition, boolean named, SubjectState parent) {
        closures.name(parentKey, partition, named, parent);
    }

    /** Deals with a parent whose entry in the expiry index came up. */
    public void due(String parentKey) {
        settling.due(parentKey);
    }

    /** Goes on with the passes under way and returns how many members were looked at, at most {@code budget}. */
    public int run(int budget) {
        return settling.run(budget);
    }

    /** Whether a pass is under way. */
    public boolean isUnderWay() {
        return !knowledge.underWay().isEmpty();
    }

    /** Follows a decision about a subject that has been stored. */
    public void follow(String subjectKey, Entry entry, Decision decision) {
        SubjectState before = entry.state();
        SubjectState after = decision.state();
        members.follow(subjectKey, entry.knownAsMember(), after);
        if (!before.facts().equals(after.facts())) {
            closures.follow(subjectKey, before, after);
        }
        Subject subject = SubjectKey.parse(subjectKey);
        if (!before.marks().isEmpty() || !after.marks().isEmpty()) {
            Group orphaned = Group.of(AlertType.ORPHANED, subject.getSource(), subject.getStage());
            accounts.behind(orphaned, subjectKey, isOrphanOfItsStage(subjectKey, after), task.wallMs());
        }
        if (Math.max(before.attempt(), after.attempt()) > 1
                && decision.supersession() != Decision.Supersession.NOT_YET) {
            Group superseded = Group.of(AlertType.SUPERSEDED, subject.getSource(), subject.getStage());
            boolean stands = decision.supersession() == Decision.Supersession.STANDS;
            accounts.behind(superseded, subjectKey, stands, task.wallMs());
        }
    }

    /** Forgets a subject that is deleted from the store. */
    public void forget(String subjectKey, SubjectState state) {
        members.forget(subjectKey, state);
        closures.forget(subjectKey);
    }

    /** An orphan counts in its source and stage until its parent has been settled, then only in the parent's account. */
    private boolean isOrphanOfItsStage(String subjectKey, SubjectState state) {
        Optional<Mark> standing = state.marks().stream().filter(Mark::stands).findFirst();
        if (standing.isEmpty()) {
            return false;
        }
        return Memberships.of(state).stream()
                .filter(membership -> membership.attempt() == standing.get().attempt())
                .noneMatch(membership -> countsInParent(subjectKey, membership));
    }

    private boolean countsInParent(String subjectKey, Membership membership) {
        KnownParent parent = knowledge.parent(membership.parent());
        Optional<KnownClosure> closure = knowledge.closureOf(parent, membership);
        return closure.isPresent()
                && closure.get().outcome() != Status.CANCELLED
                && Members.isCounted(parent, closure.get(), Member.key(subjectKey, membership.attempt()));
    }
}
