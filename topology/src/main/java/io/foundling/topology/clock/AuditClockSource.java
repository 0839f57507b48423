package io.foundling.topology.clock;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Gives each life of a task its own audit clock. */
public interface AuditClockSource {

    /** Opens the clock of a task that starts to process its source partitions; called on its stream thread. */
    AuditClock open(String task, Set<TopicPartition> partitions);
}
