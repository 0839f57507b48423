package io.foundling.topology.parent;

import io.foundling.audit.AlertType;
import io.foundling.audit.Closure;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FormerAttempts;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Follows each decision about a subject with its consequences for parents, members and groups, and runs the passes over
 * the members of closed parents. For the stream thread of the ledger task.
 */
public final class Settlements {

    private final TaskClock clock;
    private final ParentStore store;
    private final AccountStore accounts;
    private final KnownParents parents;
    private final ReadThrough readThrough;
    private final ClosureSending closures;
    private final FormerParents formers;
    private final int partitions;
    private final long memoryOfFormerMs;
    private final Members members;
    private final SettlementPasses passes;
    private final StaleScopes scopes;

    public Settlements(
            LedgerSettings settings,
            TaskClock clock,
            BusyTime busy,
            SourceDelays delays,
            LedgerStore index,
            ParentStore store,
            FormerParents formers,
            AccountStore accounts,
            ClosureOutput output) {
        this.clock = clock;
        this.store = store;
        this.accounts = accounts;
        this.formers = formers;
        partitions = settings.topics().partitions();
        Duration retention = settings.settlement().retention();
        memoryOfFormerMs = FormerParents.memoryMs(retention);
        scopes = new StaleScopes(clock, accounts);
        readThrough = new ReadThrough(clock, output, partitions);
        parents = new KnownParents(store, readThrough);
        closures = new ClosureSending(
                clock, store, output, partitions, settings.settlement().memory());
        members = new Members(clock, store, accounts, parents, output);
        passes = new SettlementPasses(clock, busy, delays, index, store, accounts, parents, members, settings);
    }

    /** Returns what is known of parents, for the lifecycle rules. */
    public Parents parents() {
        return parents;
    }

    /** Takes a closure in. */
    public void read(Closure closure) {
        passes.read(closure);
    }

    /** Notes that a partition holds members of a parent, or none any more. */
    public void named(String parentKey, int partition, boolean named, PlacedDisposition parent) {
        closures.name(parentKey, partition, named, parent);
    }

    /** Takes in that a partition wants to know up to when this one has sent its closures. */
    public void asked() {
        readThrough.asked();
    }

    /**
     * Answers that, if it is time to, and asks the partitions that subjects of this one wait for. Everything that was
     * processed must have been sent.
     */
    public void answer() {
        readThrough.answer();
        readThrough.askAgain();
    }

    /** Whether a subject has waited for the answer of another partition and need not any more. */
    public boolean isAnyAnswered() {
        return readThrough.isAnyReady();
    }

    /** Returns a subject that has waited for the answer of another partition and need not any more. */
    public Optional<String> nextAnswered() {
        return readThrough.next();
    }

    /** Takes in that a partition has sent its closures up to a time, and that they have been read. */
    public void answered(int partition, long sentThroughMs) {
        readThrough.answered(partition, sentThroughMs);
    }

    /** Deals with a parent whose entry in the expiry index came up. */
    public void due(String parentKey) {
        passes.due(parentKey);
    }

    /** Goes on with the passes under way and returns how many members were reviewed, at most {@code budget}. */
    public int run(int budget, MemberReview review) {
        return passes.run(budget, review);
    }

    /** Whether a pass is under way. */
    public boolean isUnderWay() {
        return !parents.underWay().isEmpty();
    }

    /** Follows a decision about a subject that has been stored. */
    public void follow(String subjectKey, LedgerEntry before, Decision decision) {
        if (decision.changesFacts() || !before.isMember()) {
            List<Membership> old = before.isMember() ? decision.before().memberships() : List.of();
            members.follow(subjectKey, old, decision.after());
        }
        if (decision.changesFacts()) {
            closures.follow(subjectKey, decision.before(), decision.after());
        }
        decision.unreadParents().forEach((parentKey, limitMs) -> readThrough.await(subjectKey, parentKey, limitMs));
        count(subjectKey, decision);
    }

    /** Takes in a subject that a rebuild made, of which nothing is kept yet: its memberships, and its closings. */
    public void rebuilt(String subjectKey, PlacedDisposition subject) {
        members.follow(subjectKey, List.of(), subject);
        closures.follow(subjectKey, subject.erased(), subject);
    }

    /** Whether a member was set aside. */
    public boolean isAnyLost() {
        return store.isAnyLost();
    }

    /**
     * Makes members that were set aside anew from their subjects, and counts the accounts of their parents anew (rule
     * S2). It costs two walks over all members of these parents.
     *
     * @param placed returns a subject as the rules see it
     */
    public void mend(Function<String, PlacedDisposition> placed) {
        List<LostMember> all = new ArrayList<>();
        Set<String> parentKeys = new LinkedHashSet<>();
        while (store.isAnyLost()) {
            for (LostMember lost : store.takeLost()) {
                all.add(lost);
                if (parentKeys.add(lost.parentKey())) {
                    // Whoever else is damaged must be made anew, too.
                    store.readMembers(lost.parentKey(), "", any -> true);
                }
            }
        }
        for (String parentKey : parentKeys) {
            for (KnownClosing closing : parents.parent(parentKey).closings()) {
                accounts.recount(Group.settlement(parentKey, closing.attempt()), clock.wallMs());
            }
        }
        all.stream()
                .map(LostMember::subjectKey)
                .filter(subjectKey -> !subjectKey.isEmpty() && !Erasure.isName(subjectKey))
                .forEach(subjectKey -> members.follow(subjectKey, List.of(), placed.apply(subjectKey)));
    }

    /** Lets a subject that was set aside count in no group of its source and stage any more. */
    public void lost(String subjectKey) {
        Subject subject = SubjectKey.parse(subjectKey);
        Group orphaned = Group.of(AlertType.ORPHANED, subject.getSource(), subject.getStage());
        accounts.countOrphan(orphaned, subjectKey, Optional.empty(), clock.wallMs());
        Group superseded = Group.of(AlertType.SUPERSEDED, subject.getSource(), subject.getStage());
        accounts.count(superseded, subjectKey, 0, 0, clock.wallMs());
        scopes.forget(subjectKey);
    }

    /** Counts a subject in its groups. */
    public void count(String subjectKey, Decision decision) {
        scopes.count(subjectKey, decision);
        boolean warned = !before(decision).warnings().isEmpty()
                || !decision.state().warnings().isEmpty();
        boolean several = Math.max(before(decision).attempt(), decision.state().attempt()) > 1;
        if (!warned && !several) {
            return;
        }
        Subject subject = SubjectKey.parse(subjectKey);
        if (warned) {
            Group orphaned = Group.of(AlertType.ORPHANED, subject.getSource(), subject.getStage());
            accounts.countOrphan(orphaned, subjectKey, reasonInItsStage(subjectKey, decision), clock.wallMs());
        }
        if (several) {
            Group superseded = Group.of(AlertType.SUPERSEDED, subject.getSource(), subject.getStage());
            Decision.Superseded attempts = decision.superseded();
            accounts.count(superseded, subjectKey, attempts.due(), attempts.all(), clock.wallMs());
        }
    }

    private static Disposition before(Decision decision) {
        return decision.before().disposition();
    }

    /**
     * Takes the key of a subject that is erased out of everything that is kept of parents, members and groups.
     *
     * @param wasSetAside whether it may be a member of parents that nobody knows any more
     * @return the places in which the subject goes on counting, without its key
     */
    public List<Erasure.Place> erase(
            String subjectKey, PlacedDisposition was, boolean isMember, boolean wasSetAside, long erasedAtMs) {
        List<Erasure.Place> places = new ArrayList<>(isMember ? members.erase(subjectKey, was, erasedAtMs) : List.of());
        if (wasSetAside) {
            places.addAll(members.eraseAll(subjectKey, erasedAtMs));
        }
        closures.erase(subjectKey, was).forEach(attempt -> takeBack(subjectKey, was, attempt));
        formers.of(subjectKey).ifPresent(former -> takeBack(subjectKey, was, former));
        lost(subjectKey);
        Subject subject = SubjectKey.parse(subjectKey);
        accounts.unname(Group.of(AlertType.VIOLATIONS, subject.getSource(), subject.getStage()), subjectKey);
        accounts.unname(Group.of(AlertType.VIOLATIONS, "", ""), subjectKey);
        return places;
    }

    /** Takes in a fact about a subject that was erased before, and returns where the subject counts from now on. */
    public List<Erasure.Place> join(Erasure erasure, Fact fact) {
        return members.join(erasure, fact);
    }

    /** Forgets where an erased subject counts. */
    public void forget(Erasure erasure) {
        members.forget(erasure);
    }

    /** Forgets a subject that is deleted from the store. */
    public void forget(String subjectKey, PlacedDisposition subject) {
        members.forget(subjectKey, subject.memberships());
        if (closures.forget(subjectKey)) {
            FormerAttempts.of(subject)
                    .ifPresent(
                            former -> formers.keep(subjectKey, former, Times.plus(clock.wallMs(), memoryOfFormerMs)));
        }
    }

    /** Returns what is kept of a subject that is not stored, if it is a parent that was forgotten. */
    public Optional<FormerAttempts> former(String subjectKey) {
        return formers.of(subjectKey);
    }

    /** Deals with former attempts whose entry in the expiry index came up. */
    public void formerDue(String parentKey) {
        formers.forget(parentKey);
    }

    /** Takes the former attempts of a parent back that is erased. */
    private void takeBack(String parentKey, PlacedDisposition parent, FormerAttempts former) {
        int first = Math.max(1, former.last() - Collapsed.MAX_HISTORY + 1);
        for (int attempt = first; attempt <= former.last(); attempt++) {
            takeBack(parentKey, parent, attempt);
        }
        formers.erase(parentKey);
    }

    /**
     * Takes an attempt of a parent back whose account the partitions may have forgotten: they would have nothing to take
     * back, so that this one sends an account of its own.
     */
    private void takeBack(String parentKey, PlacedDisposition parent, int attempt) {
        int version = closures.takeBack(parentKey, attempt, parent);
        Group group = Group.settlement(parentKey, attempt);
        if (accounts.account(group).isEmpty()) {
            Figures open = Figures.none().under(version, partitions, Figures.OPEN, Status.UNKNOWN, Fact.NOT_SAID);
            accounts.figures(group, open, true, clock.wallMs());
        }
    }

    /**
     * An orphan counts in its source and stage until its parent has been settled, then only in the parent's account. A
     * declared scope is stale instead (rule F3). Returns the reason of its warning while it counts there.
     */
    private Optional<OrphanReason> reasonInItsStage(String subjectKey, Decision decision) {
        PlacedDisposition subject = decision.after();
        return subject.disposition()
                .orphanWarning()
                .filter(active -> !decision.scope().isDeclared())
                .filter(active -> subject.memberships().stream()
                        .filter(membership ->
                                membership.attempt() == active.id().attempt())
                        .noneMatch(membership -> countsInParent(subjectKey, membership)))
                .map(active -> active.limit().reason());
    }

    private boolean countsInParent(String subjectKey, Membership membership) {
        KnownParent parent = parents.parent(membership.parent());
        String memberKey = Member.key(subjectKey, membership.attempt());
        List<KnownClosing> closings = parents.closingsOf(parent, membership);
        return closings.isEmpty()
                ? members.isMissingInForgotten(subjectKey, membership)
                : closings.stream()
                        .anyMatch(known -> known.closing().warns() && Members.isCounted(parent, known, memberKey));
    }
}
