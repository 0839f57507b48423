package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.parent.FormerParents;
import io.foundling.topology.parent.ParentStore;
import io.foundling.topology.parent.Settlements;
import io.foundling.topology.reconciliation.Reconciliations;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.silence.Silences;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.store.SourceReports;
import io.foundling.topology.store.SourceStore;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.WithoutIds;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.EventResult;
import io.foundling.topology.task.HeldSubjects;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import io.foundling.topology.volume.Volumes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * One life of a ledger task: builds its parts over the restored store, and hands each record to the part that reads it.
 */
final class LedgerTask {

    private final String name;
    private final String closuresTopic;
    private final String expectationsTopic;
    private final TaskPolicies policies;
    private final AuditClock audit;
    private final BusyTime busy;
    private final LedgerListener listener;
    private final Outbox outbox;
    private final SubjectPath path;
    private final Retiming retiming;
    private final EventReading events;
    private final ClosureReading closures;
    private final ExpectationReading expectations;
    private final Settlements settlements;
    private final Sweep sweep;
    private final SourceTopics topics;
    private final ClockAlerts clockAlerts;
    private final DelayAlerts delayAlerts;
    private final ClockReports reports;
    private final Silences silences;
    private final SilenceWalk silenceWalk;
    private final AccountSending sending;
    private final DroppedEvents dropped;
    private final TaskClock clock;
    private final Runnable commit;

    LedgerTask(
            ProcessorContext<byte[], byte[]> context,
            LedgerSettings settings,
            TaskPolicies policies,
            AuditClock audit,
            LedgerListener listener,
            Deserializer<AuditEvent> deserializer,
            Deserializer<Closure> closureDeserializer,
            Serializer<SpecificRecord> serializer,
            BusyTime busy,
            Restoring restoring) {
        this.policies = policies;
        this.audit = audit;
        this.busy = busy;
        this.listener = listener;
        commit = context::commit;
        name = context.taskId().toString();
        int partition = context.taskId().partition();
        clock = new TaskClock(context, audit);
        NameLimit names = new NameReports(name, settings.retention().maxStages(), listener).limit();
        StoredEntries bytes = new StoredEntries(
                context.getStateStore(Nodes.LEDGER_STORE),
                context.taskId(),
                StoreKeys::kind,
                restoring,
                context::currentSystemTimeMs,
                true,
                (kind, count) -> listener.setAside(name, kind, count));
        LedgerStore store = new LedgerStore(bytes, names);
        AccountStore accounts = new AccountStore(bytes, partition, names);
        SourceReports sources = new SourceReports(bytes);
        dropped =
                new DroppedEvents(sources, names, settings.retention().memory().toMillis(), clock.wallMs(), listener);
        SourceDelays delays = new SourceDelays(audit, store, names, settings.lateEvents(), clock.wallMs());
        TopicPrefix prefix = settings.topics().prefix();
        closuresTopic = prefix.name(TopicNames.CLOSURES);
        expectationsTopic = prefix.name(TopicNames.EXPECTATIONS);
        outbox = new Outbox(context, prefix, serializer, dropped, listener);
        FormerParents formers = new FormerParents(bytes, store);
        settlements = new Settlements(
                settings, clock, busy, delays, store, new ParentStore(bytes), formers, accounts, outbox);
        HeldSubjects held = new HeldSubjects(names);
        reports = new ClockReports(name, clock, delays, held, names, sources, outbox, listener);
        silences = new Silences(clock, busy, partition, settings, names, bytes, delays, accounts, outbox);
        silenceWalk = new SilenceWalk(store, silences, busy, settings.sweep().maxExpiries());
        Lifecycle lifecycle = new Lifecycle(settings.lifecycle());
        retiming = new Retiming(name, store, busy, settings.sweep().maxExpiries(), policies.all(), listener);
        OutOfStepReports outOfStep = new OutOfStepReports(clock, names, listener);
        Expectations expected = new Expectations(settings, policies, outbox);
        path = new SubjectPath(
                name,
                clock,
                delays,
                silences,
                held,
                lifecycle,
                store,
                policies,
                retiming,
                settlements,
                expected,
                outbox,
                outOfStep,
                listener);
        DeadLetters deadLetters = new DeadLetters(outbox, listener);
        ViolationReports violations =
                new ViolationReports(name, clock, new WithoutIds(bytes, names), accounts, outbox, listener);
        long memoryMs = settings.retention().memory().toMillis();
        Reconciliations reconciliations = new Reconciliations(clock, bytes, store, accounts, outbox);
        Volumes volumes = new Volumes(clock, bytes, accounts);
        Erasing erasing = new Erasing(
                clock, store, settlements, reconciliations, volumes, expected, path, outbox, listener, memoryMs);
        events = new EventReading(
                settings,
                clock,
                deserializer,
                delays,
                reports,
                silences,
                dropped,
                policies,
                path,
                erasing,
                reconciliations,
                volumes,
                violations,
                deadLetters);
        closures = new ClosureReading(
                settings, clock, closureDeserializer, path, settlements, silences, deadLetters, listener);
        expectations = new ExpectationReading(
                settings, deserializer, delays, policies, path, erasing, violations, deadLetters, listener);
        sweep = new Sweep(
                name, settings, clock, busy, store, path, erasing, settlements, reconciliations, outbox, listener);
        topics = new SourceTopics(new SourceStore(bytes), settings.topics().sources(), audit);
        clockAlerts = new ClockAlerts(settings, clock, audit, accounts, topics, listener, partition);
        delayAlerts = new DelayAlerts(name, partition, settings, clock, delays, sources, accounts, listener);
        sending = new AccountSending(
                clock,
                busy,
                accounts,
                dropped,
                outbox,
                settings.alerting().maxAge().toMillis());
    }

    void process(Record<byte[], byte[]> record, RecordMetadata position) {
        retiming.remember();
        if (position.topic().equals(closuresTopic)) {
            closures.read(record, position);
            follow();
        } else if (position.topic().equals(expectationsTopic)) {
            expectations.read(record, position);
            follow();
        } else {
            EventResult result = events.read(record, position);
            follow();
            audit.processed(position.topic(), position.partition(), position.offset());
            listener.eventRead(position.topic(), result);
        }
    }

    private void follow() {
        path.mend();
        outbox.send();
    }

    /** Does one turn of the work that is due by the wall clock, under the policies that are in force now. */
    void punctuate() {
        if (policies.follow()) {
            retiming.follow(policies.all());
            expectations.follow();
        }
        dropped.forgetOld(clock.wallMs());
        sending.endQuiet();
        busy.beginTurn((retiming.isUnderWay() ? 1 : 0)
                + (silenceWalk.isUnderWay() ? 1 : 0)
                + sweep.turns()
                + (silences.isAnyToJudge() ? 1 : 0)
                + (sending.isDue() ? 1 : 0));
        topics.remember();
        retiming.run(path::load);
        silenceWalk.run(path::review);
        settlements.answer();
        outbox.send();
        delayAlerts.run();
        sweep();
        clockAlerts.run();
        silences.run();
        outbox.send();
        reports.run();
        sending.run();
        path.tidy();
    }

    /** Sweeps, and asks for a commit if that emitted a warning (rule T18). */
    private void sweep() {
        long before = path.emittedWarnings();
        sweep.run();
        if (path.emittedWarnings() > before) {
            commit.run();
        }
    }

    void close() {
        audit.close();
        busy.close();
        listener.taskClosed(name);
    }
}
