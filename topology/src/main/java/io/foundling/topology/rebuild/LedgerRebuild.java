package io.foundling.topology.rebuild;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Closure;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.MemberCounts;
import io.foundling.topology.alert.AlertRebuild;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.FormerAttempts;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.LedgerStore.TallyKey;
import io.foundling.topology.task.SubjectPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/**
 * Makes the stores of all partitions anew from what was published: dispositions, standing warnings, settlements and
 * alerts (rule R6). What was published once is not published again. Everything is in memory.
 */
public final class LedgerRebuild {

    private final LedgerSettings settings;
    private final long nowMs;
    private final Lifecycle lifecycle;
    private final PolicyDeadlines deadlines;
    private final SubjectPartition partitionOf;
    private final List<RebuiltPartition> partitions = new ArrayList<>();
    private final List<MemoryStore> alertStores = new ArrayList<>();
    private final Map<String, Written> dispositions = new LinkedHashMap<>();
    private final Map<String, OrphanWarning> orphans = new LinkedHashMap<>();
    private final SortedMap<String, Settlement> settlements = new TreeMap<>();
    private final SortedMap<String, Alert> alerts = new TreeMap<>();
    private final Map<String, PlacedDisposition> subjects = new LinkedHashMap<>();
    /** By parent and attempt: a closing is accounted for with those of its parent that come before and after it. */
    private final Map<String, NavigableMap<Integer, Closure>> closures = new LinkedHashMap<>();

    private final Map<String, NavigableMap<Integer, Settlement>> settled = new TreeMap<>();
    private long newestMs = Moment.UNSET;

    private record Written(io.foundling.audit.Disposition value, long atMs) {}

    /** @param nowMs wall time, from which retention of parents and alerts counts */
    public LedgerRebuild(LedgerSettings settings, long nowMs) {
        this.settings = settings;
        this.nowMs = nowMs;
        lifecycle = new Lifecycle(settings.lifecycle());
        deadlines = new PolicyDeadlines(settings.policies());
        partitionOf = new SubjectPartition(settings.topics().partitions());
        for (int partition = 0; partition < settings.topics().partitions(); partition++) {
            partitions.add(new RebuiltPartition(settings, partition, nowMs, new Post()));
            alertStores.add(new MemoryStore());
        }
    }

    /**
     * Takes in the last disposition of a subject, or null in place of the former one.
     *
     * @throws RuntimeException if no subject can be made of it; nothing is taken in then
     */
    public void disposition(String subjectKey, io.foundling.audit.Disposition value, long writtenAtMs) {
        if (value != null) {
            SubjectKey.parse(subjectKey);
            // Tried here, where the caller knows which record it was; its warning may be read later.
            RebuiltSubject.of(value, Collections.emptyNavigableMap(), Optional.empty(), writtenAtMs);
        }
        replace(dispositions, subjectKey, value == null ? null : new Written(value, writtenAtMs));
        newestMs = Math.max(newestMs, writtenAtMs);
    }

    /** Takes in the warning of a subject that is on audit.orphans, or null in place of the former one. */
    public void orphan(String subjectKey, OrphanWarning value) {
        replace(orphans, subjectKey, value);
    }

    /**
     * Takes in the last settlement under a key, or null in place of the former one.
     *
     * @throws IllegalArgumentException if it counts a status that is not known; nothing is taken in then
     */
    public void settlement(String key, Settlement value) {
        if (value != null) {
            value.getReturned().keySet().forEach(Status::valueOf);
        }
        replace(settlements, key, value);
    }

    /**
     * Takes in the last alert of a group, or null in place of the former one.
     *
     * @throws IllegalArgumentException if no group has this key; nothing is taken in then
     */
    public void alert(String group, Alert value) {
        if (value != null) {
            Group.parse(group);
        }
        replace(alerts, group, value);
    }

    private static <V> void replace(Map<String, V> values, String key, V value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    /** Makes the stores from all that was taken in. Called once. */
    public void run() {
        settlements
                .values()
                .forEach(settlement -> settled.computeIfAbsent(
                                SubjectKey.of(settlement.getParent()), key -> new TreeMap<>())
                        .put(settlement.getAttempt(), settlement));
        dispositions.forEach((key, written) -> subjects.put(key, rebuilt(key, written)));
        subjects.forEach((key, subject) -> home(key).settlements().rebuilt(key, subject));
        subjects.forEach(this::saveIfMember);
        addClosuresOfForgottenParents();
        closures.forEach((parentKey, ofParent) -> read(parentKey, List.copyOf(ofParent.values())));
        keepForgottenParents();
        subjects.forEach(this::saveAndCount);
        makeAlerts();
    }

    private PlacedDisposition rebuilt(String key, Written written) {
        Disposition state = RebuiltSubject.of(
                written.value(),
                settled.getOrDefault(key, Collections.emptyNavigableMap()),
                Optional.ofNullable(orphans.get(key)),
                written.atMs());
        return lifecycle.placed(key, lifecycle.rebuilt(key, state));
    }

    private RebuiltPartition home(String key) {
        return partitions.get(partitionOf.of(key));
    }

    /** Of a parent whose own disposition is gone, the settlement says when it closed: missing members may come back. */
    private void addClosuresOfForgottenParents() {
        for (Settlement settlement : settlements.values()) {
            String parentKey = SubjectKey.of(settlement.getParent());
            String group = Group.settlement(parentKey, settlement.getAttempt()).key();
            boolean isFiring = alerts.containsKey(group) && alerts.get(group).getStatus() == AlertStatus.FIRING;
            if ((settlement.getOrphaned() > 0 || isFiring) && settlement.getOutcome() != null) {
                closures.computeIfAbsent(parentKey, key -> new TreeMap<>())
                        .putIfAbsent(settlement.getAttempt(), closureOf(settlement));
            }
        }
    }

    /** What is read late about a parent whose settlement stands must not replace that (rule P14). */
    private void keepForgottenParents() {
        Map<String, FormerAttempts> formers = new TreeMap<>();
        for (Settlement settlement : settlements.values()) {
            String parentKey = SubjectKey.of(settlement.getParent());
            long closedAtMs = settlement.getClosedAt().toEpochMilli();
            if (!subjects.containsKey(parentKey) && settlement.getOutcome() != null) {
                FormerAttempts found = new FormerAttempts(
                        settlement.getAttempt(),
                        settlement.getAttempt(),
                        settlement.getOutcome(),
                        closedAtMs,
                        closedAtMs);
                formers.merge(parentKey, found, LedgerRebuild::later);
            }
        }
        long untilMs = nowMs + settings.settlement().retention().toMillis();
        formers.forEach((parentKey, former) -> home(parentKey).keep(parentKey, former, untilMs));
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

    /**
     * Lets all partitions read the closures of a parent, and accounts again for those that a settlement was published of:
     * for all of them in one pass. A second one would take the members of the first for those that may be forgotten.
     */
    private void read(String parentKey, List<Closure> closuresOfParent) {
        List<Closure> accounted = new ArrayList<>();
        List<Settlement> standing = new ArrayList<>();
        for (Closure closure : closuresOfParent) {
            Optional<Settlement> settlement = settlementOf(parentKey, closure);
            settlement.ifPresent(standing::add);
            accounted.add(settlement
                    .map(found -> Closure.newBuilder(closure)
                            .setVersion(found.getVersion())
                            .setExpectedMembers(found.getExpected())
                            .build())
                    .orElseGet(() -> underWay(closure)));
        }
        if (!standing.isEmpty()) {
            partitions.forEach(partition -> partition.settle(parentKey, accounted));
            standing.forEach(settlement -> addTheRest(parentKey, settlement));
        }
        for (Closure closure : closuresOfParent) {
            if (settlementOf(parentKey, closure).isEmpty()) {
                partitions.forEach(partition -> partition.settlements().read(closure));
            }
        }
    }

    private Optional<Settlement> settlementOf(String parentKey, Closure closure) {
        return Optional.ofNullable(settled.get(parentKey))
                .map(ofParent -> ofParent.get(closure.getAttempt()))
                .filter(settlement -> isOf(settlement, closure));
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

    /** A member whose subject is not stored would be forgotten. When to look at the subject is not known yet. */
    private void saveIfMember(String key, PlacedDisposition subject) {
        if (!subject.memberships().isEmpty()) {
            save(key, subject);
        }
    }

    private void saveAndCount(String key, PlacedDisposition subject) {
        save(key, subject);
        RebuiltPartition home = home(key);
        home.settlements().count(key, decide(key, subject, home, newestMs));
    }

    private void save(String key, PlacedDisposition subject) {
        RebuiltPartition home = home(key);
        Subject parts = SubjectKey.parse(key);
        Decision now = decide(key, subject, home, Moment.UNSET);
        home.save(key, new TallyKey(parts.getSource(), parts.getStage()), subject, now);
    }

    /** Decides on the passing of time, for what follows from that; nothing of it is published here. */
    private Decision decide(String key, PlacedDisposition subject, RebuiltPartition home, long clockMs) {
        Moment moment = new Moment(clockMs, nowMs, Delay.NONE, deadlines.remindersOf(key));
        return lifecycle.onSweep(
                key, subject.disposition(), moment, home.settlements().parents());
    }

    private void makeAlerts() {
        alerts.forEach((group, alert) -> {
            boolean counts = alert.getType() == AlertType.VIOLATIONS || alert.getType() == AlertType.GAP;
            if (counts && alert.getStatus() == AlertStatus.FIRING) {
                partitions.get(0).add(Group.parse(group), alert.getCount());
            }
        });
        List<AlertRebuild> tasks = alertStores.stream()
                .map(store -> new AlertRebuild(store, nowMs))
                .toList();
        partitions.forEach(partition -> partition
                .send()
                .forEach(account -> tasks.get(partitionOf.of(account.group())).take(account)));
        settlements.values().forEach(settlement -> {
            String group = Group.settlement(SubjectKey.of(settlement.getParent()), settlement.getAttempt())
                    .key();
            tasks.get(partitionOf.of(group)).settlement(group, settlement);
        });
        alerts.forEach((group, alert) -> tasks.get(partitionOf.of(group)).alert(group, alert));
    }

    /** Returns the entries of a store of the ledger. */
    public NavigableMap<Bytes, byte[]> ledger(int partition) {
        return partitions.get(partition).entries();
    }

    /** Returns the entries of a store of the alerts. */
    public NavigableMap<Bytes, byte[]> alerts(int partition) {
        return alertStores.get(partition).entries();
    }

    /** Returns the warnings on audit.orphans that no subject has, by key: each gets its tombstone. */
    public Map<String, OrphanWarning> warningsOfNobody() {
        Map<String, OrphanWarning> left = new LinkedHashMap<>(orphans);
        left.keySet()
                .removeIf(key -> Optional.ofNullable(subjects.get(key))
                        .flatMap(subject -> subject.disposition().activeWarning())
                        .isPresent());
        return left;
    }

    /** Returns how many settlements were taken in. */
    public int settlements() {
        return settlements.size();
    }

    /** Returns how many alerts were taken in. */
    public int alerts() {
        return alerts.size();
    }

    /** Returns how many subjects there are. */
    public int subjects() {
        return subjects.size();
    }

    /** Returns how many of them await. */
    public long awaiting() {
        return subjects.values().stream()
                .filter(subject -> subject.disposition().awaits())
                .count();
    }

    /** Returns how many of them are orphans. */
    public long orphans() {
        return subjects.values().stream()
                .filter(subject -> subject.disposition().isOrphan())
                .count();
    }

    /** Takes what the partitions send to each other. */
    private final class Post implements RebuiltPartition.Post {

        @Override
        public void closure(Closure closure) {
            closures.computeIfAbsent(SubjectKey.of(closure.getParent()), key -> new TreeMap<>())
                    .put(closure.getAttempt(), closure);
        }

        @Override
        public void named(String parentKey, int partition) {
            PlacedDisposition parent = subjects.get(parentKey);
            home(parentKey)
                    .settlements()
                    .named(
                            parentKey,
                            partition,
                            true,
                            parent == null ? lifecycle.placed(parentKey, Disposition.NONE) : parent);
        }
    }
}
