package io.foundling.topology.ledger;

import io.foundling.audit.Closure;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Notice;
import io.foundling.topology.lifecycle.Rules;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.parent.ParentStore;
import io.foundling.topology.parent.Settle;
import io.foundling.topology.parent.SettlingTask;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Entry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.LedgerStore.TallyKey;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.LedgerListener;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a task: what its events and its sweep share. */
final class LedgerTask implements SettlingTask {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTask.class);

    private final ProcessorContext<byte[], byte[]> context;
    private final String name;
    private final LedgerSettings settings;
    private final Lifecycle lifecycle;
    private final LedgerStore store;
    private final Outbox outbox;
    private final AuditClock clock;
    private final LedgerListener listener;
    private final AccountStore accounts;
    private final Settle settle;
    private final BusyTime busy;
    private final DroppedEvents dropped;
    private long lastLateMs;
    private OptionalLong newestLate;

    LedgerTask(
            ProcessorContext<byte[], byte[]> context,
            LedgerSettings settings,
            AuditClock clock,
            LedgerListener listener,
            Serializer<SpecificRecord> serializer,
            LongSupplier nanoTime) {
        this.context = context;
        this.name = context.taskId().toString();
        this.settings = settings;
        this.lifecycle = new Lifecycle(new Rules(
                settings.lateArrivalGrace().toMillis(),
                settings.maxLateHold().toMillis(),
                settings.retention().completed().toMillis(),
                settings.retention().unsuccessful().toMillis(),
                settings.retention().memory().toMillis(),
                settings.settlement().grace().toMillis()));
        KeyValueStore<Bytes, byte[]> bytes = context.getStateStore(Nodes.LEDGER_STORE);
        this.store = new LedgerStore(bytes);
        this.dropped = new DroppedEvents(store, settings.retention().memory().toMillis(), wallMs());
        this.outbox = new Outbox(context, serializer, dropped);
        this.clock = clock;
        this.listener = listener;
        this.busy = new BusyTime(nanoTime, settings.maxBusy());
        lastLateMs = wallMs();
        newestLate = store.newestLate();
        this.accounts = new AccountStore(bytes, partition());
        this.settle = new Settle(settings, this, new ParentStore(bytes), accounts);
        reportTallies();
    }

    LedgerSettings settings() {
        return settings;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    LedgerStore store() {
        return store;
    }

    Outbox outbox() {
        return outbox;
    }

    LedgerListener listener() {
        return listener;
    }

    DroppedEvents dropped() {
        return dropped;
    }

    AccountStore accounts() {
        return accounts;
    }

    Settle settle() {
        return settle;
    }

    @Override
    public int partition() {
        return context.taskId().partition();
    }

    /** The wall time of Kafka Streams, in epoch milliseconds. */
    @Override
    public long wallMs() {
        return context.currentSystemTimeMs();
    }

    BusyTime busy() {
        return busy;
    }

    @Override
    public boolean hasTime() {
        return busy.isLeft();
    }

    /** Reads the audit clock and reports it. */
    @Override
    public long clockMs() {
        long clockMs = clock.nowMs();
        listener.clock(name, clockMs);
        return clockMs;
    }

    Moment moment() {
        return new Moment(clock.nowMs(), wallMs(), lastLateMs);
    }

    /** An event was read. Subjects with late events are held from the last of them on. */
    void read(long appendedAtMs, boolean late) {
        if (late) {
            lastLateMs = Math.max(lastLateMs, appendedAtMs);
        }
        if (late != newestLate.isPresent()) {
            newestLate = late ? OptionalLong.of(appendedAtMs) : OptionalLong.empty();
            store.newestLate(newestLate);
        } else if (late) {
            newestLate = OptionalLong.of(appendedAtMs);
        }
    }

    @Override
    public long heldUntilMs() {
        return newestLate.isEmpty() ? Long.MIN_VALUE : heldUntilMs(newestLate.getAsLong());
    }

    @Override
    public long heldUntilMs(long reportedAtMs) {
        return Math.min(
                Fact.saturatedAdd(
                        Math.max(lastLateMs, reportedAtMs),
                        settings.lateArrivalGrace().toMillis()),
                Fact.saturatedAdd(reportedAtMs, settings.maxLateHold().toMillis()));
    }

    @Override
    public long schedule(String parentKey, long liveMs, long dueMs) {
        return store.scheduleMembers(parentKey, liveMs, dueMs);
    }

    @Override
    public long visit(String subjectKey) {
        Moment moment = moment();
        Entry before;
        Decision decision;
        try {
            before = store.load(subjectKey);
            if (before.state().facts().isEmpty()) {
                return Long.MIN_VALUE;
            }
            decision = lifecycle.onSweep(before.state(), moment, settle.parents());
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            LOG.warn("a member of a closed parent cannot be looked at; it is counted and not warned of", failure);
            listener.entryFailed();
            return Long.MIN_VALUE;
        }
        outbox.add(subjectKey, decision);
        if (decision.changed() || decision.dueMs() < before.indexedAtMs()) {
            store.save(subjectKey, tallyKey(SubjectKey.parse(subjectKey)), before, decision.state(), decision.dueMs());
        }
        settle.follow(subjectKey, before, decision);
        outbox.send();
        report(decision);
        return lifecycle.heldUntilMs(decision.state(), moment) >= moment.clockMs()
                ? lifecycle.heldUntilMs(decision.state(), moment)
                : Long.MIN_VALUE;
    }

    @Override
    public void send(Closure closure) {
        outbox.add(closure);
        listener.closureSent();
    }

    @Override
    public void name(String parentKey, boolean named) {
        outbox.addNote(parentKey, partition(), named);
    }

    static TallyKey tallyKey(Subject subject) {
        return new TallyKey(subject.getSource(), subject.getStage());
    }

    void report(Decision decision) {
        decision.findings().forEach(finding -> listener.violation(finding.type()));
        for (Notice notice : decision.notices()) {
            switch (notice.kind()) {
                case TOLD -> listener.warningTold();
                case RECOVERED -> listener.recovered();
                case WITHDRAWN -> listener.withdrawn();
                default -> {}
            }
        }
        reportTallies();
    }

    private void reportTallies() {
        store.drainChangedTallies().forEach((key, tally) -> {
            listener.subjects(name, key.source(), key.stage(), "known", tally.known());
            listener.subjects(name, key.source(), key.stage(), "awaiting", tally.awaiting());
            listener.subjects(name, key.source(), key.stage(), "outcomes", tally.outcomes());
            listener.subjects(name, key.source(), key.stage(), "retired", tally.retired());
            listener.subjects(name, key.source(), key.stage(), "removed", tally.removed());
        });
    }

    void close() {
        clock.close();
        listener.taskClosed(name);
    }
}
