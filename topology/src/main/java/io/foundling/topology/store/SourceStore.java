package io.foundling.topology.store;

import java.nio.ByteBuffer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** What a task has stored of its partition of each source topic, in the ledger's store. */
public final class SourceStore {

    private final StoredEntries entries;

    /**
     * What is stored of a source topic.
     *
     * @param id of the topic; {@link Uuid#ZERO_UUID} if it is not known
     * @param countedTo the offset up to which deleted offsets were counted
     */
    public record StoredSource(Uuid id, long countedTo) {

        static final StoredSource NONE = new StoredSource(Uuid.ZERO_UUID, 0);

        private byte[] encode() {
            return ByteBuffer.allocate(3 * Long.BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .putLong(countedTo)
                    .array();
        }

        private static StoredSource decode(byte[] stored) {
            ByteBuffer bytes = StoreKeys.whole(stored, 3 * Long.BYTES);
            return new StoredSource(new Uuid(bytes.getLong(), bytes.getLong()), bytes.getLong());
        }
    }

    /** Opens the facade over a restored store. */
    public SourceStore(KeyValueStore<Bytes, byte[]> store) {
        this(StoredEntries.of(store));
    }

    /** Opens the facade over a restored store. */
    public SourceStore(StoredEntries entries) {
        this.entries = entries;
    }

    /** Returns what is stored of a topic: nothing of one that was never stored. */
    public StoredSource load(String topic) {
        return entries.get(StoreKeys.source(topic), StoredSource::decode, StoredSource.NONE);
    }

    /** Replaces what is stored of a topic. */
    public void save(String topic, StoredSource source) {
        entries.bytes().put(StoreKeys.source(topic), source.encode());
    }
}
