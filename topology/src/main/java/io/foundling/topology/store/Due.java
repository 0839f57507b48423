package io.foundling.topology.store;

import org.apache.kafka.common.utils.Bytes;

/**
 * One due entry of the expiry index.
 *
 * @param key its key in the store
 * @param dueMs when it was due, in audit-clock milliseconds
 * @param putBack whether it was put back after a failure, and so must be looked at whatever its subject says
 */
public record Due(Bytes key, String subjectKey, long dueMs, boolean putBack) {}
