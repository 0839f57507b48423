package io.foundling.topology.alert;

import io.foundling.audit.AlertType;
import io.foundling.topology.account.Group;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Adds up the accounts of each group and publishes what changes. A record only stores its account. The groups that
 * changed are decided on once a second, so that a group changes at most once a second however many accounts come.
 */
final class AlertsProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** At most that many at once, the rest the next time: each reads the accounts of all partitions. */
    static final int MAX_GROUPS = 1_000;

    private final AlertRules rules;
    private final Supplier<PolicySet> policies;
    private final LedgerListener listener;
    private final TopicPrefix prefix;
    private final Serializer<SpecificRecord> serializer;
    private final ThreadTime time;
    private final Restoring restoring;

    private ProcessorContext<byte[], byte[]> context;
    private BusyTime busy;
    private StoredEntries entries;
    private AlertStore store;
    private PolicyTexts texts;
    private Relabelling relabelling;
    private AlertsOutbox outbox;

    AlertsProcessor(
            LedgerSettings settings,
            Supplier<PolicySet> policies,
            LedgerListener listener,
            Serializer<SpecificRecord> serializer,
            ThreadTime time,
            Restoring restoring) {
        rules = new AlertRules(settings);
        this.policies = policies;
        prefix = settings.topics().prefix();
        this.listener = listener;
        this.serializer = serializer;
        this.time = time;
        this.restoring = restoring;
    }

    /** Called once for each life of the task: again after it was suspended or found corrupt. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        busy = time.open();
        String task = context.taskId().toString();
        entries = new StoredEntries(
                context.getStateStore(Nodes.ALERTS_STORE),
                context.taskId(),
                AlertKeys::kind,
                restoring,
                context::currentSystemTimeMs,
                false,
                (kind, count) -> listener.setAside(task, kind, count));
        texts = new PolicyTexts(policies.get().alerts());
        store = new AlertStore(entries, texts, context.currentSystemTimeMs());
        relabelling = new Relabelling(store, busy);
        outbox = new AlertsOutbox(context, prefix, serializer, listener);
        for (AlertType type : AlertType.values()) {
            reportFiring(type);
        }
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, ignored -> run());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        store.received(record.key(), record.value())
                .ifPresent(account -> store.take(account, context.currentSystemTimeMs()));
    }

    private void run() {
        long nowMs = context.currentSystemTimeMs();
        entries.forgetOld();
        followPolicies();
        busy.beginTurn(relabelling.isUnderWay() ? 2 : 1);
        relabelling.run(texts, MAX_GROUPS, nowMs);
        if (store.isAnyDue(nowMs)) {
            lookAtDue(nowMs);
        }
    }

    /** Only here, so that one set of policies counts for a whole turn. */
    private void followPolicies() {
        PolicySet now = policies.get();
        if (!texts.areOf(now)) {
            texts = new PolicyTexts(now.alerts());
            relabelling.begin();
        }
    }

    private void lookAtDue(long nowMs) {
        List<String> due = store.due(nowMs, MAX_GROUPS);
        busy.begin();
        boolean isTimeLeft = true;
        for (int i = 0; i < due.size() && isTimeLeft; i++) {
            look(due.get(i), nowMs);
            isTimeLeft = busy.isLeft();
        }
        store.looked(nowMs);
    }

    private void look(String group, long nowMs) {
        store.due(group, nowMs).ifPresent(before -> look(group, before, nowMs));
    }

    private void look(String group, GroupState before, long nowMs) {
        Group parsed = Group.parse(group);
        Verdict verdict =
                rules.look(parsed.type(), before, store.accounts(group), nowMs).labelled(texts.labels(parsed), before);
        outbox.add(group, before, verdict, texts);
        switch (verdict.kept()) {
            case GROUP_AND_ACCOUNTS -> store.save(group, before, verdict.after());
            case GROUP -> store.saveWithoutAccounts(group, before, verdict.after());
            case NOTHING -> store.forget(group, before);
        }
        outbox.send();
        if (before.isFiring() != verdict.after().isFiring()) {
            reportFiring(parsed.type());
        }
    }

    private void reportFiring(AlertType type) {
        listener.alertsFiring(context.taskId().toString(), type, store.firing(type));
    }

    @Override
    public void close() {
        if (busy != null) {
            busy.close();
        }
        if (context != null) {
            listener.taskClosed(context.taskId().toString());
        }
        serializer.close();
    }
}
