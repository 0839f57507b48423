package io.foundling.topology.ledger;

import io.foundling.audit.Subject;
import io.foundling.topology.LedgerSettings;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Notice;
import io.foundling.topology.lifecycle.Rules;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.LedgerStore.TallyKey;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** One life of a task: what its events and its sweep share. */
final class LedgerTask {

    private final ProcessorContext<byte[], byte[]> context;
    private final String name;
    private final LedgerSettings settings;
    private final Lifecycle lifecycle;
    private final LedgerStore store;
    private final Outbox outbox;
    private final AuditClock clock;
    private final LedgerListener listener;
    private long lastLateMs;

    LedgerTask(
            ProcessorContext<byte[], byte[]> context,
            LedgerSettings settings,
            AuditClock clock,
            LedgerListener listener,
            Serializer<SpecificRecord> serializer) {
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
        this.store = new LedgerStore(context.getStateStore(Nodes.LEDGER_STORE));
        this.outbox = new Outbox(context, serializer);
        this.clock = clock;
        this.listener = listener;
        lastLateMs = wallMs();
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

    /** The wall time of Kafka Streams, in epoch milliseconds. */
    long wallMs() {
        return context.currentSystemTimeMs();
    }

    /** Reads the audit clock and reports it. */
    long clockMs() {
        long clockMs = clock.nowMs();
        listener.clock(name, clockMs);
        return clockMs;
    }

    Moment moment() {
        return new Moment(clock.nowMs(), wallMs(), lastLateMs);
    }

    /** A late event was read; subjects with late events are held from here on. */
    void readLate(long appendedAtMs) {
        lastLateMs = Math.max(lastLateMs, appendedAtMs);
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
