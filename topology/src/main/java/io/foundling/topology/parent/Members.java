package io.foundling.topology.parent;

import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.Standing;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Memberships;
import io.foundling.topology.lifecycle.SubjectState;
import java.util.List;
import java.util.Optional;

/** Keeps the members of every parent, and how they stand in its account. */
final class Members {

    private final SettlingTask task;
    private final ParentStore store;
    private final AccountStore accounts;
    private final Knowledge knowledge;

    Members(SettlingTask task, ParentStore store, AccountStore accounts, Knowledge knowledge) {
        this.task = task;
        this.store = store;
        this.accounts = accounts;
        this.knowledge = knowledge;
    }

    /** Takes over what changed in a subject's memberships. */
    void follow(String subjectKey, SubjectState before, SubjectState after) {
        if (before.facts().equals(after.facts())) {
            return;
        }
        List<Membership> old = Memberships.of(before);
        List<Membership> current = Memberships.of(after);
        for (Membership membership : old) {
            boolean collapsed = membership.attempt() <= after.collapsed().throughAttempt();
            if (!collapsed && current.stream().noneMatch(each -> isSamePlace(each, membership))) {
                store.member(membership.parent(), subjectKey, membership.attempt())
                        .ifPresent(this::remove);
            }
        }
        for (Membership membership : current) {
            if (!old.contains(membership)) {
                put(subjectKey, membership);
            }
        }
    }

    private static boolean isSamePlace(Membership a, Membership b) {
        return a.attempt() == b.attempt() && a.parent().equals(b.parent());
    }

    private void put(String subjectKey, Membership membership) {
        Optional<Member> before = store.member(membership.parent(), subjectKey, membership.attempt());
        if (before.isEmpty()) {
            nameIfFirst(membership.parent());
        }
        Member member = new Member(
                subjectKey,
                membership,
                before.map(Member::countedIn).orElse(0),
                before.map(Member::countedAs).orElse(Standing.NONE));
        store.save(recounted(member, before.isEmpty()));
    }

    private void nameIfFirst(String parentKey) {
        if (!Closures.isBatch(parentKey) && !store.hasMembers(parentKey)) {
            task.name(parentKey, true);
        }
    }

    /** Removes a member, and takes it out of the account. */
    void remove(Member member) {
        count(member, 0, Standing.NONE);
        drop(member);
    }

    /** Removes a member and leaves the account as it is. */
    void drop(Member member) {
        String parentKey = member.membership().parent();
        store.delete(member);
        if (!Closures.isBatch(parentKey) && !store.hasMembers(parentKey)) {
            task.name(parentKey, false);
        }
    }

    /** Forgets a subject as a member of parents that never closed; those that did are forgotten with their closure. */
    void forget(String subjectKey, SubjectState state) {
        for (Membership membership : Memberships.of(state)) {
            if (knowledge.parent(membership.parent()).closures().isEmpty()) {
                store.member(membership.parent(), subjectKey, membership.attempt())
                        .ifPresent(this::drop);
            }
        }
    }

    /**
     * Brings the account up to date with a member and returns it as it is to be stored.
     *
     * @param isNew a member that was not stored, and after purging may have been counted before
     */
    Member recounted(Member member, boolean isNew) {
        KnownParent parent = knowledge.parent(member.membership().parent());
        Optional<KnownClosure> closure = knowledge.closureOf(parent, member.membership());
        boolean counts = closure.map(known -> isCounted(parent, known, member.key()) && !(isNew && known.purged()))
                .orElse(false);
        Standing standing = counts ? standing(member.membership(), closure.get()) : Standing.NONE;
        int attempt = standing == Standing.NONE ? 0 : closure.get().attempt();
        if (attempt == member.countedIn() && standing == member.countedAs()) {
            return member;
        }
        count(member, attempt, standing);
        return member.counted(attempt, standing);
    }

    /** Whether this partition has accounted for a closure, as far as a member is concerned. */
    static boolean isCounted(KnownParent parent, KnownClosure closure, String memberKey) {
        return closure.settledVersion() > 0
                || parent.pass()
                        .map(pass -> pass.covers(closure.attempt(), memberKey))
                        .orElse(false);
    }

    /** Of several attempts within one attempt of the parent, the last one counts. */
    private Standing standing(Membership membership, KnownClosure closure) {
        boolean again = membership.againMs() <= closure.closedAtMs();
        if (again) {
            return Standing.NONE;
        } else if (membership.isReturned()) {
            return Standing.valueOf(membership.outcome().name());
        }
        return membership.isMoved() ? Standing.MOVED : Standing.ORPHANED;
    }

    private void count(Member member, int attempt, Standing standing) {
        add(member, member.countedIn(), member.countedAs(), -1);
        add(member, attempt, standing, 1);
    }

    private void add(Member member, int attempt, Standing standing, long change) {
        if (standing == Standing.NONE) {
            return;
        }
        Group group = Group.settlement(member.membership().parent(), attempt);
        Figures figures =
                accounts.account(group).flatMap(account -> account.settlement()).orElse(Figures.none());
        boolean complete = knowledge
                .parent(member.membership().parent())
                .closure(attempt)
                .map(closure -> closure.isSettled())
                .orElse(false);
        accounts.figures(group, figures.counted(standing, change), complete, task.wallMs());
        if (standing == Standing.ORPHANED) {
            accounts.sample(group, member.subjectKey(), change > 0);
        }
    }
}
