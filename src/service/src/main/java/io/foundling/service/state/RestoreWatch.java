package io.foundling.service.state;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Refuses to restore a store from a changelog whose beginning was deleted: what stood there would be forgotten without a
 * word. Changelogs are compacted, so theirs begin at 0 unless somebody deleted records or gave them a retention.
 */
public final class RestoreWatch implements StateRestoreListener {

    private final StateDirectory directory;
    private final Set<TopicPartition> fromTheBeginning = ConcurrentHashMap.newKeySet();

    public RestoreWatch(StateDirectory directory) {
        this.directory = directory;
    }

    /** Notes up to where a store was found to hold its changelog; null: not at all. */
    void opened(TopicPartition changelog, Long offset) {
        if (offset == null) {
            fromTheBeginning.add(changelog);
        } else {
            fromTheBeginning.remove(changelog);
        }
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String storeName, long startingOffset, long endingOffset) {
        if (startingOffset > 0 && fromTheBeginning.contains(changelog)) {
            throw directory.notRestorable(
                    "the changelog " + changelog + " begins at offset " + startingOffset + ", expected 0");
        }
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String storeName, long batchEndOffset, long numRestored) {}

    @Override
    public void onRestoreEnd(TopicPartition changelog, String storeName, long totalRestored) {}
}
