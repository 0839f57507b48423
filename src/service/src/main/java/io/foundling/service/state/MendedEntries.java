package io.foundling.service.state;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Remembers for which entries tasks were restored (rule S1). A task is restored once for an entry. Whatever cannot be
 * decoded within an hour after a restore came from the changelog, and a thousand damaged entries must not cost a thousand
 * restores. Kept in memory: another process restores once more. Not thread-safe.
 */
final class MendedEntries {

    static final Duration AGAIN_AFTER = Duration.ofHours(1);

    /** More than a task can be restored for in a month. */
    private static final int MAX_REMEMBERED = 1_000;

    private final InstantSource clock;
    private final Map<TaskId, Long> restoredMs = new HashMap<>();
    private final Set<Entry> entries = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Entry, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    private record Entry(TaskId task, Bytes key) {}

    MendedEntries(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a task is to be restored because of an entry. The answer is remembered as done. */
    boolean begin(TaskId task, Bytes key) {
        long nowMs = clock.millis();
        Long lastMs = restoredMs.get(task);
        boolean isRecent = lastMs != null && nowMs - lastMs < AGAIN_AFTER.toMillis();
        if (isRecent || entries.contains(new Entry(task, key))) {
            return false;
        }
        restoredMs.put(task, nowMs);
        entries.add(new Entry(task, key));
        return true;
    }
}
