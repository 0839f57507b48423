package io.foundling.topology.store;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;

/** Says whether a task is restored from its changelog because of an entry that cannot be decoded (rule S1). */
@FunctionalInterface
public interface Restoring {

    /** For who has no changelog: what cannot be decoded is set aside at once. */
    Restoring NEVER = (task, key) -> false;

    /** Whether a task is to be restored because of an entry; if so, its stream thread ends. */
    boolean restores(TaskId task, Bytes key);
}
