package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import java.util.List;
import java.util.function.LongSupplier;

/** Examines whether heap, stores and everything else fit into the memory of this machine or container. */
final class MemoryExamination implements Examination {

    /** The share for threads, metaspace, code, direct buffers and the allocator's own losses. */
    private static final double REST = 0.25;

    private final long heap;
    private final long stores;
    private final LongSupplier limit;

    MemoryExamination(ServiceConfig config) {
        this(Runtime.getRuntime().maxMemory(), config.instance().rocksdbMemoryInBytes(), Machine::memoryInBytes);
    }

    MemoryExamination(long heap, long stores, LongSupplier limit) {
        this.heap = heap;
        this.stores = stores;
        this.limit = limit;
    }

    @Override
    public List<Finding> findings() {
        long needed = (long) ((heap + stores) * (1 + REST));
        String sum = "heap %s + rocksdb.memory %s + %.0f %% = %s"
                .formatted(Sizes.text(heap), Sizes.text(stores), 100 * REST, Sizes.text(needed));
        String has = Sizes.text(limit.getAsLong());
        if (needed <= limit.getAsLong()) {
            return List.of(Finding.ok(sum + ", of " + has));
        }
        return List.of(Finding.warning(sum + " is more than the available " + has
                + "; lower the heap (FOUNDLING_JAVA_OPTS, such as -XX:MaxRAMPercentage=45) or rocksdb.memory, or raise"
                + " the limit"));
    }
}
