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
 * Refuses to restore a store from a changelog whose beginning was deleted: what stood there would be forgotten without a
 * word. Changelogs are compacted, so they begin at 0 unless somebody deleted records or gave them a retention. A store that
 * holds less than what was deleted is left as it is: Kafka Streams would wipe it, and restore what there is.
 */
public final class RestoreWatch implements StateRestoreListener, StandbyUpdateListener {

    private final StateDirectory directory;
    private final Consumer<UnusableStateException> cutOff;
    private final Map<TopicPartition, Long> beginnings = new ConcurrentHashMap<>();

    /** Changelogs of stores that were opened empty and of which nothing was read yet. */
    private final Set<TopicPartition> fromTheBeginning = ConcurrentHashMap.newKeySet();

    /** @param cutOff is told where Kafka Streams would not pass an exception on: while a standby is read */
    public RestoreWatch(StateDirectory directory, Consumer<UnusableStateException> cutOff) {
        this.directory = directory;
        this.cutOff = cutOff;
    }

    /** Sets what the changelogs were found to begin at. */
    public void begin(Map<TopicPartition, Long> offsets) {
        beginnings.putAll(offsets);
    }

    /**
     * Notes the last offset of its changelog that a store holds; null or negative: none.
     *
     * @throws UnusableStateException if what follows was deleted
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

    /** A standby that becomes active is not opened again: its restore goes on from where this began. */
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
