package io.foundling.schemas.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was lately found out about schema ids and GUIDs, such as that the registry does not know them; at most a
 * thousand, the oldest are dropped first.
 */
final class RecentIds<T> {

    private static final int MOST = 1_000;

    private final LongSupplier nanoTime;
    private final long memoryNanos;

    private final Map<Object, Finding<T>> findings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Finding<T>> eldest) {
            return size() > MOST;
        }
    };

    RecentIds(LongSupplier nanoTime, Duration memory) {
        this.nanoTime = nanoTime;
        this.memoryNanos = memory.toNanos();
    }

    synchronized void add(Object id, T found) {
        findings.remove(id);
        findings.put(id, new Finding<>(found, nanoTime.getAsLong()));
    }

    synchronized Optional<T> of(Object id) {
        Finding<T> finding = findings.get(id);
        return finding != null && nanoTime.getAsLong() - finding.atNanos() < memoryNanos
                ? Optional.of(finding.found())
                : Optional.empty();
    }

    private record Finding<T>(T found, long atNanos) {}
}
