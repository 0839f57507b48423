package io.foundling.schemas.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Schema ids and GUIDs that the registry did not know a moment ago; at most a thousand, the oldest are dropped first. */
final class DeniedIds {

    private static final long MEMORY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 1_000;

    private final LongSupplier nanoTime;

    private final Map<Object, Long> deniedAt = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
            return size() > MOST;
        }
    };

    DeniedIds(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(Object id) {
        deniedAt.remove(id);
        deniedAt.put(id, nanoTime.getAsLong());
    }

    synchronized boolean contains(Object id) {
        Long at = deniedAt.get(id);
        return at != null && nanoTime.getAsLong() - at < MEMORY_NANOS;
    }
}
