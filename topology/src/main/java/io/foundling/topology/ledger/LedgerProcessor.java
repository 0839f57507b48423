package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClockSource;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Keeps one disposition for each subject of a partition. It makes a new {@link LedgerTask} for each life of its task.
 */
final class LedgerProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private final LedgerSettings settings;
    private final Supplier<PolicySet> policies;
    private final AuditClockSource clocks;
    private final LedgerListener listener;
    private final Deserializer<AuditEvent> deserializer;
    private final Deserializer<Closure> closureDeserializer;
    private final Serializer<SpecificRecord> serializer;
    private final ThreadTime time;
    private final Restoring restoring;

    private ProcessorContext<byte[], byte[]> context;
    private LedgerTask task;

    LedgerProcessor(
            LedgerSettings settings,
            Supplier<PolicySet> policies,
            AuditClockSource clocks,
            LedgerListener listener,
            Deserializer<AuditEvent> deserializer,
            Deserializer<Closure> closureDeserializer,
            Serializer<SpecificRecord> serializer,
            ThreadTime time,
            Restoring restoring) {
        this.settings = settings;
        this.policies = policies;
        this.clocks = clocks;
        this.listener = listener;
        this.deserializer = deserializer;
        this.closureDeserializer = closureDeserializer;
        this.serializer = serializer;
        this.time = time;
        this.restoring = restoring;
    }

    /** Called once for each life of the task: again after it was suspended or found corrupt. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        AuditClock clock = clocks.open(context.taskId().toString(), sourcePartitions());
        task = new LedgerTask(
                context,
                settings,
                new TaskPolicies(policies),
                clock,
                listener,
                deserializer,
                closureDeserializer,
                serializer,
                time.open(),
                restoring);
        context.schedule(settings.sweep().interval(), PunctuationType.WALL_CLOCK_TIME, ignored -> task.punctuate());
    }

    private Set<TopicPartition> sourcePartitions() {
        int partition = context.taskId().partition();
        return settings.topics().sources().stream()
                .map(topic -> new TopicPartition(topic, partition))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of a source topic has no position"));
        task.process(record, position);
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
        deserializer.close();
        closureDeserializer.close();
        serializer.close();
    }
}
