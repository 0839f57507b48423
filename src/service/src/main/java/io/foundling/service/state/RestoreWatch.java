package io.foundling.service.state;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Refuses to restore a store from a changelog whose beginning was deleted, as the deleted part of the ledger would
 * silently be lost. Changelogs are compacted, so they begin at 0 unless records were deleted from them or they have a
 * retention. A store that ends before the deleted records end is kept as it is: Kafka Streams would wipe it and restore
 * the rest.
 *
 * <p>It also refuses a restore that leaves out records. When a transaction times out in an outage of the brokers, Kafka
 * Streams wipes the stores, and later gives the empty stores the offsets that were written before (seen in 4.4.0, while a
 * restore waits for the brokers). So this class remembers how far each restore has come. Until a restore has ended, its
 * store keeps no offset beyond that.
 */
public final class RestoreWatch implements StateRestoreListener, StandbyUpdateListener {

    /**
     * Kafka Streams keeps this with a store that has nothing, as {@code OffsetCheckpoint.OFFSET_UNKNOWN}. It takes a store
     * without any offset for a damaged one.
     */
    private static final long NOTHING = -4;

    private final StateDirectory directory;
    private final ToLongFunction<TopicPartition> firstOffset;
    private final Consumer<RuntimeException> unusable;
    private final Map<TopicPartition, Long> beginnings = new ConcurrentHashMap<>();

    /** Last offsets up to which stores are whole, of changelogs whose stores were opened empty and lack the rest. */
    private final Map<TopicPartition, Long> restored = new ConcurrentHashMap<>();

    /**
     * @param firstOffset asks the brokers where a changelog begins
     * @param unusable gets the failure where Kafka Streams would not pass an exception on: while a standby is read
     */
    public RestoreWatch(
            StateDirectory directory, ToLongFunction<TopicPartition> firstOffset, Consumer<RuntimeException> unusable) {
        this.directory = directory;
        this.firstOffset = firstOffset;
        this.unusable = unusable;
    }

    /** Sets the first offsets of changelogs that do not begin at 0. */
    public void begin(Map<TopicPartition, Long> offsets) {
        beginnings.putAll(offsets);
    }

    /**
     * Notes up to which offset of its changelog an opened store reaches; null or negative: it is empty.
     *
     * @throws UnusableStateException if the records that follow were deleted
     */
    void opened(TopicPartition changelog, Long offset) {
        long beginning = beginnings.getOrDefault(changelog, 0L);
        if (offset == null || offset < 0) {
            requireWhole(changelog, beginning);
            restored.put(changelog, NOTHING);
            return;
        }
        restored.remove(changelog);
        if (offset + 1 < beginning) {
            throw directory.notRestorable("the changelog " + changelog + " begins at offset " + beginning
                    + ", expected at most " + (offset + 1) + ", where the state on this disk ends");
        }
    }

    /** Returns the offsets that may be kept with their stores: up to there each of them is whole. */
    Map<TopicPartition, Long> known(Map<TopicPartition, Long> offsets) {
        if (restored.isEmpty()) {
            return offsets;
        }
        Map<TopicPartition, Long> known = new HashMap<>(offsets);
        restored.forEach(
                (changelog, last) -> known.computeIfPresent(changelog, (key, offset) -> Math.min(last, offset)));
        return known;
    }

    /**
     * Notes where a restore begins or goes on.
     *
     * @throws UnusableStateException if records were deleted that it would need
     * @throws SkippedRestoreException if it leaves out records that are there
     */
    @Override
    public void onRestoreStart(TopicPartition changelog, String storeName, long startingOffset, long endingOffset) {
        Long last = restored.get(changelog);
        if (last != null && startingOffset > next(last)) {
            if (last == NOTHING) {
                requireWhole(changelog, firstOffset.applyAsLong(changelog));
            }
            throw new SkippedRestoreException("the restore of " + changelog + " begins at offset " + startingOffset
                    + ", expected " + next(last) + "; the store is restored anew");
        }
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String storeName, long batchEndOffset, long numRestored) {
        restored.computeIfPresent(changelog, (known, last) -> Math.max(last, batchEndOffset));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String storeName, long totalRestored) {
        restored.remove(changelog);
    }

    /**
     * A standby writes nothing itself, and is not opened again when it becomes active: its restore continues this one.
     * One that leaves out records stays known for it, and is restored anew then.
     */
    @Override
    public void onUpdateStart(TopicPartition changelog, String storeName, long startingOffset) {
        Long last = restored.get(changelog);
        if (last == null) {
            return;
        }
        if (startingOffset <= next(last)) {
            restored.remove(changelog);
        } else if (last == NOTHING) {
            try {
                requireWhole(changelog, firstOffset.applyAsLong(changelog));
            } catch (RuntimeException failure) {
                unusable.accept(failure);
            }
        }
    }

    private static long next(long last) {
        return last == NOTHING ? 0 : last + 1;
    }

    private void requireWhole(TopicPartition changelog, long beginning) {
        if (beginning > 0) {
            throw directory.notRestorable(
                    "the changelog " + changelog + " begins at offset " + beginning + ", expected 0");
        }
    }

    @Override
    public void onBatchLoaded(
            TopicPartition changelog,
            String storeName,
            TaskId task,
            long batchEndOffset,
            long batchSize,
            long currentEndOffset) {}

    @Override
    public void onUpdateSuspended(
            TopicPartition changelog,
            String storeName,
            long storeOffset,
            long currentEndOffset,
            SuspendReason reason) {}
}
