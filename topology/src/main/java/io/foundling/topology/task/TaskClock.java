package io.foundling.topology.task;

import io.foundling.topology.clock.AuditClock;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The two clocks of a task, in epoch milliseconds. For its stream thread. */
public final class TaskClock {

    private final LongSupplier wall;
    private final AuditClock audit;

    public TaskClock(ProcessorContext<?, ?> context, AuditClock audit) {
        this(context::currentSystemTimeMs, audit);
    }

    /** @param wall gives the wall time */
    public TaskClock(LongSupplier wall, AuditClock audit) {
        this.wall = wall;
        this.audit = audit;
    }

    /** Returns the wall time of Kafka Streams, which does not move during a punctuation. */
    public long wallMs() {
        return wall.getAsLong();
    }

    /** Returns the audit clock; {@link AuditClock#UNSET} before the first proof. */
    public long auditMs() {
        return audit.nowMs();
    }
}
