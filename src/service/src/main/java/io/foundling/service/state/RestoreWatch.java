package io.foundling.service.state;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Refuses to restore a store from a changelog whose beginning was deleted, as the deleted part of the ledger would
 * silently be lost. Changelogs are compacted, so they begin at 0 unless records were deleted from them or they have a
 * retention. A store that ends before the deleted records end is kept as it is: Kafka Streams would wipe it and restore
 * the rest.
 */
public final class RestoreWatch implements StateRestoreListener, StandbyUpdateListener {

    private final StateDirectory directory;
    private final Consumer<UnusableStateException> cutOff;
    private final Map<TopicPartition, Long> beginnings = new ConcurrentHashMap<>();

    /** Changelogs of stores that were opened empty and have restored nothing yet. */
    private final Set<TopicPartition> fromTheBeginning = ConcurrentHashMap.newKeySet();

    /** @param cutOff gets the failure where Kafka Streams would not pass an exception on: while a standby is read */
    public RestoreWatch(StateDirectory directory, Consumer<UnusableStateException> cutOff) {
        this.directory = directory;
        this.cutOff = cutOff;
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
            fromTheBeginning.add(changelog);
            return;
        }
        fromTheBeginning.remove(changelog);
        if (offset + 1 < beginning) {
            throw directory.notRestorable("the changelog " + changelog + " begins at offset " + beginning
                    + ", expected at most " + (offset + 1) + ", where the state on this disk ends");
        }
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String storeName, long startingOffset, long endingOffset) {
        if (fromTheBeginning.remove(changelog)) {
            requireWhole(changelog, startingOffset);
        }
    }

    /** A standby that becomes active is not opened again: its restore continues this one. */
    @Override
    public void onUpdateStart(TopicPartition changelog, String storeName, long startingOffset) {
        try {
            onRestoreStart(changelog, storeName, startingOffset, startingOffset);
        } catch (UnusableStateException unusable) {
            cutOff.accept(unusable);
        }
    }

    private void requireWhole(TopicPartition changelog, long beginning) {
        if (beginning > 0) {
            throw directory.notRestorable(
                    "the changelog " + changelog + " begins at offset " + beginning + ", expected 0");
        }
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String storeName, long batchEndOffset, long numRestored) {}

    @Override
    public void onRestoreEnd(TopicPartition changelog, String storeName, long totalRestored) {}

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
