package io.foundling.topology.task;

import io.foundling.topology.clock.AuditClock;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The two clocks of a task, in epoch milliseconds. For its stream thread. */
public final class TaskClock {

    private final ProcessorContext<?, ?> context;
    private final AuditClock audit;

    public TaskClock(ProcessorContext<?, ?> context, AuditClock audit) {
        this.context = context;
        this.audit = audit;
    }

    /** Returns the wall time of Kafka Streams, which does not move during a punctuation. */
    public long wallMs() {
        return context.currentSystemTimeMs();
    }

    /** Returns the audit clock; {@link AuditClock#UNSET} before the first proof. */
    public long auditMs() {
        return audit.nowMs();
    }
}
