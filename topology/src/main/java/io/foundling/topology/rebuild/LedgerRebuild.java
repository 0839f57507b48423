package io.foundling.topology.rebuild;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Group;
import io.foundling.topology.alert.AlertRebuild;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Silence;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.LedgerStore.TallyKey;
import io.foundling.topology.store.MemoryStore;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.task.SubjectPartition;
import java.util.ArrayList;
import java.util.Collections;
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
    private final SortedMap<String, Reconciliation> reconciliations = new TreeMap<>();
    private final Map<String, PlacedDisposition> subjects = new LinkedHashMap<>();
    private final RebuiltClosings closings;
    /** What the audit clock has shown at least. */
    private long shownMs = Moment.UNSET;

    private record Written(io.foundling.audit.Disposition value, long atMs) {}

    /** @param nowMs wall time, from which retention of parents and alerts counts */
    public LedgerRebuild(LedgerSettings settings, long nowMs) {
        this.settings = settings;
        this.nowMs = nowMs;
        lifecycle = new Lifecycle(settings.lifecycle());
        deadlines = new PolicyDeadlines(settings.policies(), settings.expectations());
        partitionOf = new SubjectPartition(settings.topics().partitions());
        closings = new RebuiltClosings(
                settings.settlement().retention(), nowMs, lifecycle, partitionOf, partitions, subjects);
        for (int partition = 0; partition < settings.topics().partitions(); partition++) {
            partitions.add(new RebuiltPartition(settings, partition, nowMs, closings));
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
        shownMs = Math.max(shownMs, writtenAtMs);
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

    /** Takes in the result of a check under a key, or null in place of the former one. */
    public void reconciliation(String key, Reconciliation value) {
        replace(reconciliations, key, value);
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
        alerts.values().stream()
                .filter(alert -> alert.getType() == AlertType.STALE_SCOPE && alert.getStatus() == AlertStatus.FIRING)
                .forEach(
                        alert -> shownMs = Math.max(shownMs, alert.getStartsAt().toEpochMilli()));
        settlements.values().forEach(closings::add);
        dispositions.forEach((key, written) -> subjects.put(key, rebuilt(key, written)));
        subjects.forEach((key, subject) -> home(key).settlements().rebuilt(key, subject));
        subjects.forEach(this::saveIfMember);
        closings.addThoseOfForgottenParents(this::isFiring);
        closings.account();
        closings.keepForgottenParents();
        subjects.forEach(this::saveAndCount);
        reconciliations
                .values()
                .forEach(result ->
                        home(SubjectKey.of(result.getScope())).reconciliations().rebuilt(result));
        makeAlerts();
    }

    private PlacedDisposition rebuilt(String key, Written written) {
        Disposition state = RebuiltSubject.of(
                written.value(), closings.settlements(key), Optional.ofNullable(orphans.get(key)), written.atMs());
        return lifecycle.placed(key, lifecycle.rebuilt(key, state, deadlines.singleRunOf(SubjectKey.parse(key))));
    }

    private boolean isFiring(Group group) {
        Alert alert = alerts.get(group.key());
        return alert != null && alert.getStatus() == AlertStatus.FIRING;
    }

    private RebuiltPartition home(String key) {
        return partitions.get(partitionOf.of(key));
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
        home.settlements().count(key, decide(key, subject, home, shownMs));
    }

    private void save(String key, PlacedDisposition subject) {
        RebuiltPartition home = home(key);
        Subject parts = SubjectKey.parse(key);
        Decision now = decide(key, subject, home, Moment.UNSET);
        home.save(key, new TallyKey(parts.getSource(), parts.getStage()), subject, now);
    }

    /** Decides on the passing of time, for what follows from that; nothing of it is published here. */
    private Decision decide(String key, PlacedDisposition subject, RebuiltPartition home, long clockMs) {
        Moment moment = new Moment(
                clockMs, nowMs, Delay.NONE, Silence.NONE, deadlines.remindersOf(key), deadlines.scheduleOf(key));
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
        partitions.forEach(partition -> partition.send().stream()
                .filter(account -> !closings.isOver(account.group()))
                .forEach(account -> tasks.get(partitionOf.of(account.group())).take(account)));
        settlements.values().forEach(settlement -> {
            String group = Group.settlement(SubjectKey.of(settlement.getParent()), settlement.getAttempt())
                    .key();
            tasks.get(partitionOf.of(group)).settlement(group, settlement);
        });
        alerts.forEach((group, alert) -> tasks.get(partitionOf.of(group)).alert(group, alert));
    }

    /** Returns the entries of a store of the ledger that are logged. */
    public NavigableMap<Bytes, byte[]> ledger(int partition) {
        NavigableMap<Bytes, byte[]> entries = partitions.get(partition).entries();
        entries.keySet().removeIf(StoreKeys.DERIVED.isDerived());
        // It differs from that of the task, which has none: the task makes the entries that are left out.
        entries.put(StoreKeys.DERIVED.stamp(), new byte[] {1});
        return entries;
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
}
