package io.foundling.service.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.Map;

/**
 * What stream threads count, kept back until their transaction is committed: what is done again after an abort counts
 * once. Each thread has counts of its own, and must be the one that says what became of its transaction. They cost an
 * entry for each counter. If a commit succeeds although its answer was lost, its counts are lost with the answer.
 */
public final class CommittedCounts {

    private final ThreadLocal<Map<Counter, Double>> pending = ThreadLocal.withInitial(HashMap::new);

    void add(Counter counter, double count) {
        pending.get().merge(counter, count, Double::sum);
    }

    /** The transaction of the calling thread was committed. */
    public void committed() {
        Map<Counter, Double> counts = pending.get();
        counts.forEach(Counter::increment);
        counts.clear();
    }

    /** The transaction of the calling thread was aborted, or its producer is gone. */
    public void aborted() {
        pending.get().clear();
    }
}
