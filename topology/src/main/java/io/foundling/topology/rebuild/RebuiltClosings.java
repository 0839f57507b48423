package io.foundling.topology.rebuild;

import io.foundling.audit.Closure;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.ClosureVersion;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.MemberCounts;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.FormerAttempts;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.parent.FormerParents;
import io.foundling.topology.task.SubjectPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Makes anew what the partitions know of the closings of parents, and accounts for those that settlements were published of
 * (rule R6).
 */
final class RebuiltClosings implements RebuiltPartition.Post {

    private final long retentionMs;
    private final long memoryOfFormerMs;
    private final long nowMs;
    private final Lifecycle lifecycle;
    private final SubjectPartition partitionOf;
    private final List<RebuiltPartition> partitions;
    private final Map<String, PlacedDisposition> subjects;

    /** By parent and attempt: a closing is accounted for with those of its parent that come before and after it. */
    private final Map<String, NavigableMap<Integer, Closure>> closures = new LinkedHashMap<>();

    private final Map<String, NavigableMap<Integer, Settlement>> settled = new TreeMap<>();
    private final Set<String> over = new HashSet<>();

    /**
     * Makes one without any closing.
     *
     * @param retention of settlements
     * @param partitions all of them, once the first closing is taken in
     * @param subjects by key, those that have a disposition
     */
    RebuiltClosings(
            Duration retention,
            long nowMs,
            Lifecycle lifecycle,
            SubjectPartition partitionOf,
            List<RebuiltPartition> partitions,
            Map<String, PlacedDisposition> subjects) {
        retentionMs = retention.toMillis();
        memoryOfFormerMs = FormerParents.memoryMs(retention);
        this.nowMs = nowMs;
        this.lifecycle = lifecycle;
        this.partitionOf = partitionOf;
        this.partitions = partitions;
        this.subjects = subjects;
    }

    /** Takes in a settlement that stands. */
    void add(Settlement settlement) {
        settled.computeIfAbsent(SubjectKey.of(settlement.getParent()), key -> new TreeMap<>())
                .put(settlement.getAttempt(), settlement);
    }

    /** Returns the settlements of a parent that stand, by attempt. */
    NavigableMap<Integer, Settlement> settlements(String parentKey) {
        return settled.getOrDefault(parentKey, Collections.emptyNavigableMap());
    }

    @Override
    public void closure(Closure closure) {
        closures.computeIfAbsent(SubjectKey.of(closure.getParent()), key -> new TreeMap<>())
                .put(closure.getAttempt(), closure);
    }

    @Override
    public void named(String parentKey, int partition, boolean named) {
        PlacedDisposition parent = subjects.get(parentKey);
        home(parentKey)
                .settlements()
                .named(
                        parentKey,
                        partition,
                        named,
                        parent == null ? lifecycle.placed(parentKey, Disposition.NONE) : parent);
    }

    private RebuiltPartition home(String key) {
        return partitions.get(partitionOf.of(key));
    }

    /** Of a parent whose own disposition is gone, the settlement says when it closed: missing members may come back. */
    void addThoseOfForgottenParents(Predicate<Group> isFiring) {
        settled.forEach((parentKey, ofParent) -> ofParent.forEach((attempt, settlement) -> {
            boolean isOpen = settlement.getOrphaned() > 0 || isFiring.test(Group.settlement(parentKey, attempt));
            if (isOpen && settlement.getOutcome() != null) {
                closures.computeIfAbsent(parentKey, key -> new TreeMap<>()).putIfAbsent(attempt, closureOf(settlement));
            }
        }));
    }

    private Closure closureOf(Settlement settlement) {
        return Closure.newBuilder()
                .setParent(settlement.getParent())
                .setAttempt(settlement.getAttempt())
                .setOutcome(settlement.getOutcome())
                .setPreviousClosedAt(closedBefore(settlement))
                .setClosedAt(settlement.getClosedAt())
                .setVersion(settlement.getVersion())
                .setPartitions(partitions.size())
                .setExpectedMembers(settlement.getExpected())
                .setReportedAt(settlement.getClosedAt())
                .build();
    }

    /** Without this, members of earlier attempts would belong to the first one whose closing is known (rule P6). */
    private Instant closedBefore(Settlement settlement) {
        return settled.get(SubjectKey.of(settlement.getParent())).headMap(settlement.getAttempt()).values().stream()
                .map(Settlement::getClosedAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Lets all partitions know all closings, and account for those that were accounted for before. */
    void account() {
        closures.forEach((parentKey, ofParent) -> read(parentKey, List.copyOf(ofParent.values())));
    }

    /**
     * Lets all partitions read the closures of a parent, and accounts again for those that a settlement was published of:
     * for all of them in one pass. A second one would take the members of the first for those that may be forgotten.
     */
    private void read(String parentKey, List<Closure> closuresOfParent) {
        List<Closure> accounted = new ArrayList<>();
        List<Settlement> standing = new ArrayList<>();
        for (Closure closure : closuresOfParent) {
            if (isOver(closure)) {
                over.add(Group.settlement(parentKey, closure.getAttempt()).key());
            }
            Optional<Settlement> settlement = settlementOf(parentKey, closure);
            settlement.ifPresent(standing::add);
            accounted.add(settlement
                    .map(found -> Closure.newBuilder(closure)
                            .setVersion(found.getVersion())
                            .setExpectedMembers(found.getExpected())
                            .build())
                    .orElseGet(() -> isOver(closure) ? asSentThen(closure) : underWay(closure)));
        }
        if (!standing.isEmpty() || closuresOfParent.stream().anyMatch(this::isOver)) {
            partitions.forEach(partition -> partition.settle(parentKey, accounted));
            standing.forEach(settlement -> addTheRest(parentKey, settlement));
        }
        for (Closure closure : closuresOfParent) {
            if (settlementOf(parentKey, closure).isEmpty() && !isOver(closure)) {
                partitions.forEach(partition -> partition.settlements().read(closure));
            }
        }
    }

    private Optional<Settlement> settlementOf(String parentKey, Closure closure) {
        return Optional.ofNullable(settled.get(parentKey))
                .map(ofParent -> ofParent.get(closure.getAttempt()))
                .filter(settlement -> isOf(settlement, closure));
    }

    /** Whether a closing has no settlement any more, as one is kept for a time only, and so was accounted for. */
    private boolean isOver(Closure closure) {
        String parentKey = SubjectKey.of(closure.getParent());
        return closure.getClosedAt() != null
                && Times.plus(closure.getClosedAt().toEpochMilli(), retentionMs) <= nowMs
                && !settlements(parentKey).containsKey(closure.getAttempt());
    }

    /** A version of now would let a correction publish the settlement again, and keep it as long as a new one (rule A10). */
    private static Closure asSentThen(Closure closure) {
        return Closure.newBuilder(closure)
                .setVersion(ClosureVersion.at(closure.getClosedAt().toEpochMilli()))
                .build();
    }

    /** Returns what was known of an attempt before it closed: members that went on in it have moved (rule P13). */
    private static Closure underWay(Closure closure) {
        return closure.getClosedAt() == null
                ? closure
                : Closure.newBuilder(closure)
                        .setVersion(closure.getVersion() - 1)
                        .setOutcome(null)
                        .setClosedAt(null)
                        .build();
    }

    private static boolean isOf(Settlement settlement, Closure closure) {
        return settlement.getClosedAt().equals(closure.getClosedAt())
                && settlement.getOutcome() == closure.getOutcome();
    }

    /** Members whose dispositions were removed go on counting, without names, in the partition of the parent. */
    private void addTheRest(String parentKey, Settlement settlement) {
        Group group = Group.settlement(parentKey, settlement.getAttempt());
        MemberCounts known = partitions.stream()
                .flatMap(partition -> partition.figures(group).stream())
                .map(Figures::members)
                .reduce(MemberCounts.NONE, MemberCounts::plus);
        MemberCounts rest = RemovedMembers.of(settlement, known, outcomesOfMissing(parentKey, settlement));
        RebuiltPartition home = home(parentKey);
        home.figures(group).ifPresent(figures -> home.figures(group, figures.plus(rest)));
    }

    /** Returns the outcomes of members that the settlement names as missing: they came back before it was corrected. */
    private List<Status> outcomesOfMissing(String parentKey, Settlement settlement) {
        return settlement.getMissing().stream()
                .filter(subjects::containsKey)
                .flatMap(key -> subjects.get(key).memberships().stream()
                        .filter(membership -> membership.parent().equals(parentKey))
                        .map(Membership::outcome)
                        .filter(outcome -> outcome != Status.UNKNOWN)
                        .limit(1))
                .toList();
    }

    /** Returns whether the settlement of a closing was removed: what accounts for it then is not published again. */
    boolean isOver(String group) {
        return over.contains(group);
    }

    /** What is read late about a parent whose settlement stands must not replace that (rule P14). */
    void keepForgottenParents() {
        settled.forEach((parentKey, ofParent) -> {
            if (!subjects.containsKey(parentKey)) {
                ofParent.values().stream()
                        .filter(settlement -> settlement.getOutcome() != null)
                        .map(RebuiltClosings::former)
                        .reduce(RebuiltClosings::later)
                        .ifPresent(former -> home(parentKey).keep(parentKey, former, nowMs + memoryOfFormerMs));
            }
        });
    }

    private static FormerAttempts former(Settlement settlement) {
        long closedAtMs = settlement.getClosedAt().toEpochMilli();
        int attempt = settlement.getAttempt();
        return new FormerAttempts(attempt, attempt, settlement.getOutcome(), closedAtMs, closedAtMs);
    }

    private static FormerAttempts later(FormerAttempts a, FormerAttempts b) {
        FormerAttempts closedLast = a.closedAtMs() >= b.closedAtMs() ? a : b;
        return new FormerAttempts(
                Math.max(a.last(), b.last()),
                closedLast.closed(),
                closedLast.outcome(),
                closedLast.closedAtMs(),
                closedLast.lastMs());
    }
}
