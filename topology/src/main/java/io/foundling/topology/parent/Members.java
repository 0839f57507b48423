package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.MemberCount;
import io.foundling.topology.account.MemberResult;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.task.TaskClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps the members of every parent, and how each counts in its account. */
final class Members {

    /** An erased subject counts in no more places than it can have facts. */
    private static final int MAX_PLACES = 64;

    private final TaskClock clock;
    private final ParentStore store;
    private final AccountStore accounts;
    private final KnownParents parents;
    private final ClosureOutput output;

    Members(TaskClock clock, ParentStore store, AccountStore accounts, KnownParents parents, ClosureOutput output) {
        this.clock = clock;
        this.store = store;
        this.accounts = accounts;
        this.parents = parents;
        this.output = output;
    }

    /** Takes over what changed in a subject's memberships. */
    void follow(String subjectKey, List<Membership> old, PlacedDisposition after) {
        List<Membership> current = after.memberships();
        int collapsedThrough = after.disposition().collapsed().throughAttempt();
        for (Membership membership : old) {
            if (current.stream().noneMatch(each -> isSamePlace(each, membership))) {
                boolean isForgotten = membership.attempt() <= collapsedThrough;
                store.member(membership.parent(), subjectKey, membership.attempt())
                        .ifPresent(isForgotten ? this::drop : this::remove);
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
        Member member =
                new Member(subjectKey, membership, before.map(Member::counts).orElse(List.of()));
        Member counted = recounted(member);
        if (before.isEmpty() || !counted.equals(before.get())) {
            store.save(counted);
        }
    }

    private void nameIfFirst(String parentKey) {
        if (!ClosureSending.isBatch(parentKey) && !store.hasMembers(parentKey)) {
            output.name(parentKey, true);
        }
    }

    /** Removes a member, and takes it out of the account. */
    void remove(Member member) {
        count(member, List.of());
        drop(member);
    }

    /** Removes a member and leaves the figures of the account as they are. */
    void drop(Member member) {
        String parentKey = member.membership().parent();
        for (int attempt : member.missingIn()) {
            accounts.sample(Group.settlement(parentKey, attempt), member.subjectKey(), false);
        }
        store.delete(member);
        if (!ClosureSending.isBatch(parentKey) && !store.hasMembers(parentKey)) {
            output.name(parentKey, false);
        }
    }

    /**
     * Forgets a subject as a member of parents that never closed; members of those that did are forgotten with the
     * closing.
     */
    void forget(String subjectKey, List<Membership> memberships) {
        for (Membership membership : memberships) {
            if (parents.parent(membership.parent()).closings().isEmpty()) {
                store.member(membership.parent(), subjectKey, membership.attempt())
                        .ifPresent(this::drop);
            }
        }
    }

    /**
     * Goes on counting an erased subject as CANCELLED under a name that is not its key (rule R5).
     *
     * @return where it counts
     */
    List<Erasure.Place> erase(String subjectKey, PlacedDisposition subject, long erasedAtMs) {
        List<Erasure.Place> places = new ArrayList<>();
        subject.namedInVain().forEach(parent -> places.add(Erasure.Place.frozen(parent)));
        for (Membership membership : subject.memberships()) {
            store.member(membership.parent(), subjectKey, membership.attempt())
                    .ifPresent(member -> places.add(erase(member, erasedAtMs)));
        }
        return places;
    }

    /** Does the same with a subject whose memberships are not known: it costs a walk over all members (rule S2). */
    List<Erasure.Place> eraseAll(String subjectKey, long erasedAtMs) {
        return store.membersOf(subjectKey).stream()
                .map(member -> erase(member, erasedAtMs))
                .toList();
    }

    private Erasure.Place erase(Member member, long erasedAtMs) {
        Membership membership = member.membership();
        // Its count changes under the name; its key must not stay a sample.
        for (int attempt : member.missingIn()) {
            accounts.sample(Group.settlement(membership.parent(), attempt), member.subjectKey(), false);
        }
        Member nameless =
                new Member(Erasure.name(member.subjectKey()), membership.cancelledAt(erasedAtMs), member.counts());
        store.save(recounted(nameless));
        store.delete(member);
        return new Erasure.Place(membership.parent(), membership.attempt());
    }

    /** Takes in what a fact that is read late says about an erased subject as a member. */
    List<Erasure.Place> join(Erasure erasure, Fact fact) {
        if (fact.parent().isEmpty()) {
            return erasure.members();
        }
        Optional<Erasure.Place> before = erasure.members().stream()
                .filter(place -> fact.isNumbered()
                        ? place.attempt() == fact.attempt()
                        : place.parent().equals(fact.parent()))
                .findFirst();
        Optional<Member> member =
                before.flatMap(place -> store.member(place.parent(), erasure.name(), place.attempt()));
        boolean isLater = member.map(
                        known -> fact.occurredAtMs() >= known.membership().beganMs())
                .orElse(before.isPresent());
        if (isLater || before.isEmpty() && erasure.members().size() >= MAX_PLACES) {
            return erasure.members();
        }
        List<Erasure.Place> places = new ArrayList<>(erasure.members());
        before.ifPresent(places::remove);
        int attempt = before.map(Erasure.Place::attempt).orElse(Math.max(1, fact.attempt()));
        places.add(new Erasure.Place(fact.parent(), attempt));
        member.filter(known -> !known.membership().parent().equals(fact.parent()))
                .ifPresent(moved -> {
                    remove(moved);
                    link(erasure.name(), places, moved.membership().parent());
                });
        begin(erasure, fact, attempt);
        link(erasure.name(), places, fact.parent());
        return places;
    }

    /** Stores an attempt of an erased subject as a member that began with a fact. */
    private void begin(Erasure erasure, Fact fact, int attempt) {
        Optional<Member> before = store.member(fact.parent(), erasure.name(), attempt);
        if (before.isEmpty()) {
            nameIfFirst(fact.parent());
        }
        List<Long> begunMs = new ArrayList<>();
        begunMs.add(fact.occurredAtMs());
        before.ifPresent(member -> begunMs.addAll(member.membership().begunMs()));
        Membership begun = new Membership(
                fact.parent(),
                attempt,
                begunMs,
                Status.UNKNOWN,
                Status.UNKNOWN,
                Times.NEVER,
                Times.NEVER,
                Announcement.BEGUN);
        store.save(new Member(
                erasure.name(),
                begun.cancelledAt(erasure.erasedAtMs()),
                before.map(Member::counts).orElse(List.of())));
    }

    /** Tells the attempts of an erased subject in one parent when the next of them began, and counts them anew. */
    private void link(String name, List<Erasure.Place> places, String parentKey) {
        List<Member> attempts = places.stream()
                .filter(place -> place.parent().equals(parentKey))
                .sorted(Comparator.comparingInt(Erasure.Place::attempt).reversed())
                .flatMap(place -> store.member(parentKey, name, place.attempt()).stream())
                .toList();
        long againMs = Times.NEVER;
        for (Member attempt : attempts) {
            Member linked = new Member(name, attempt.membership().againAt(againMs), attempt.counts());
            store.save(recounted(linked));
            againMs = attempt.membership().beganMs();
        }
    }

    /** Forgets an erased subject as a member of parents that never closed. */
    void forget(Erasure erasure) {
        for (Erasure.Place place : erasure.members()) {
            if (parents.parent(place.parent()).closings().isEmpty()) {
                store.member(place.parent(), erasure.name(), place.attempt()).ifPresent(this::drop);
            }
        }
    }

    /** Brings the account up to date with a member and returns it as it is to be stored. */
    Member recounted(Member member) {
        Membership membership = member.membership();
        KnownParent parent = parents.parent(membership.parent());
        if (parent.closings().isEmpty() && member.counts().isEmpty()) {
            return member;
        }
        List<MemberCount> counts = countsOfForgotten(member, parent);
        for (KnownClosing closing : parents.closingsOf(parent, membership)) {
            boolean isAccounted =
                    isCounted(parent, closing, member.key()) && (!closing.purged() || isSincePurging(member, parent));
            MemberResult result = isAccounted
                    ? MemberCounting.resultOf(membership, closing.closing(), () -> parent.known(Times.NEVER))
                    : MemberResult.NONE;
            if (result != MemberResult.NONE) {
                counts.add(new MemberCount(closing.attempt(), result, membership.announcement()));
            }
        }
        if (!counts.equals(member.counts())) {
            count(member, counts);
        }
        counts.removeIf(
                count -> !isMissing(count) && parent.closing(count.attempt()).isEmpty());
        return member.counted(counts);
    }

    /** Whether a member was stored all the time since purging. One that was not may have been counted before. */
    private static boolean isSincePurging(Member member, KnownParent parent) {
        return member.counts().stream()
                .anyMatch(count -> parent.closing(count.attempt())
                        .map(KnownClosing::purged)
                        .orElse(true));
    }

    /**
     * Returns how a member counts in closings that were forgotten while members of them were missing (rule P17): whoever
     * comes back must not be missing for ever. Whoever stays missing in one attempt after the other counts as moved in
     * all but the last of them: a member must not grow with the attempts of its parent.
     */
    private List<MemberCount> countsOfForgotten(Member member, KnownParent parent) {
        List<MemberCount> counts = new ArrayList<>(1);
        for (MemberCount count : member.counts()) {
            if (parent.closing(count.attempt()).isEmpty() && warns(member, count.attempt())) {
                counts.add(isMissing(count) ? ofMissing(member, count.attempt()) : count);
            }
        }
        if (counts.size() <= KnownParent.MAX_SETTLED) {
            return counts;
        }
        long surplus = counts.stream().filter(Members::isMissing).count() - KnownParent.MAX_SETTLED;
        for (int at = 0; surplus > 0; at++) {
            MemberCount count = counts.get(at);
            if (isMissing(count)) {
                counts.set(at, new MemberCount(count.attempt(), MemberResult.MOVED, count.announcement()));
                surplus--;
            }
        }
        return counts;
    }

    private static boolean isMissing(MemberCount count) {
        return count.result() == MemberResult.ORPHANED;
    }

    /** Whether there is an account of a closing that was forgotten, and it warns of missing members. */
    private boolean warns(Member member, int attempt) {
        return accounts.account(Group.settlement(member.membership().parent(), attempt))
                .flatMap(Account::settlement)
                .filter(Figures::warns)
                .isPresent();
    }

    private static MemberCount ofMissing(Member member, int attempt) {
        Membership membership = member.membership();
        return new MemberCount(attempt, resultOfMissing(membership), membership.announcement());
    }

    private static MemberResult resultOfMissing(Membership membership) {
        if (membership.isReturned()) {
            return MemberResult.valueOf(membership.outcome().name());
        } else if (membership.isReturnedLater()) {
            return MemberResult.valueOf(membership.laterOutcome().name());
        }
        return membership.isMoved() || membership.isTriedAgain() ? MemberResult.MOVED : MemberResult.ORPHANED;
    }

    /** Whether a subject is missing in a closing that was forgotten. */
    boolean isMissingInForgotten(String subjectKey, Membership membership) {
        return store.member(membership.parent(), subjectKey, membership.attempt())
                .filter(this::isMissingInForgotten)
                .isPresent();
    }

    /** Whether a member is missing in a closing that was forgotten, unless that was cancelled. */
    boolean isMissingInForgotten(Member member) {
        KnownParent parent = parents.parent(member.membership().parent());
        return member.missingIn().stream()
                .anyMatch(attempt -> parent.closing(attempt).isEmpty() && warns(member, attempt));
    }

    /** Whether this partition has accounted for a closing, as far as a member is concerned. */
    static boolean isCounted(KnownParent parent, KnownClosing closing, String memberKey) {
        return closing.settledVersion() > 0
                || parent.pass()
                        .map(pass -> pass.covers(closing.attempt(), memberKey))
                        .orElse(false);
    }

    private void count(Member member, List<MemberCount> counts) {
        for (MemberCount count : member.counts()) {
            if (!counts.contains(count)) {
                add(member, count, -1);
            }
        }
        for (MemberCount count : counts) {
            if (!member.counts().contains(count)) {
                add(member, count, 1);
            }
        }
    }

    private void add(Member member, MemberCount count, long change) {
        String parentKey = member.membership().parent();
        Optional<KnownClosing> closing = parents.parent(parentKey).closing(count.attempt());
        Group group = Group.settlement(parentKey, count.attempt());
        Optional<Figures> before = accounts.account(group).flatMap(Account::settlement);
        // The account of a closing is forgotten with it if nobody is missing, or if it was cancelled. The member may be
        // kept longer by another closing.
        if (closing.isEmpty() && !warns(member, count.attempt())) {
            if (isMissing(count)) {
                accounts.sample(group, member.subjectKey(), false);
            }
            return;
        }
        accounts.figures(
                group,
                before.orElse(Figures.none()).counted(count.result(), count.announcement(), change),
                closing.map(KnownClosing::isSettled).orElse(true),
                clock.wallMs());
        if (count.result() == MemberResult.ORPHANED) {
            accounts.sample(group, member.subjectKey(), change > 0);
        }
        if (closing.isEmpty()) {
            accounts.end(group);
        }
    }
}
