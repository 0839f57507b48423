package io.foundling.service.state;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A persistent store that distinguishes damage from other failures and throws what {@link StateRepair} decides.
 *
 * <p>It keeps one entry of its own behind all others. An iterator of Kafka Streams ends in the same way at the end and
 * where RocksDB could not read further (read in 4.4.0); a scan that neither passed its upper bound nor saw the last
 * entry was cut off. The entry is not logged: it is written whenever the store is opened. No other key may begin with
 * 0xFF.
 */
final class RepairableStore implements KeyValueStore<Bytes, byte[]> {

    private static final Position POSITION = Position.emptyPosition();

    static final Bytes LAST_ENTRY = Bytes.wrap(new byte[] {(byte) 0xFF});

    private final KeyValueStore<Bytes, byte[]> inner;
    private final StateRepair repair;
    private final RestoreWatch restores;
    private TaskId task;
    private boolean wasEmpty;

    RepairableStore(KeyValueStore<Bytes, byte[]> inner, StateRepair repair, RestoreWatch restores) {
        this.inner = inner;
        this.repair = repair;
        this.restores = restores;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        task = context.taskId();
        wasEmpty = isEmpty(context.stateDir());
        try {
            inner.init(context, root);
            inner.put(LAST_ENTRY, new byte[0]);
        } catch (ProcessorStateException failure) {
            throw repair.whileOpening(task, wasEmpty, failure);
        }
    }

    private static boolean isEmpty(File directory) {
        String[] names = directory.list();
        return names == null || names.length == 0;
    }

    /** Called when the store is opened; only after it does Kafka Streams accept the store as it is. */
    @Override
    public Long committedOffset(TopicPartition partition) {
        Long offset;
        try {
            offset = inner.committedOffset(partition);
        } catch (ProcessorStateException failure) {
            throw repair.whileOpening(task, wasEmpty, failure);
        }
        repair.opened(task);
        restores.opened(partition, offset);
        return offset;
    }

    @Override
    public byte[] get(Bytes key) {
        try {
            return inner.get(key);
        } catch (ProcessorStateException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void put(Bytes key, byte[] value) {
        try {
            inner.put(key, value);
        } catch (ProcessorStateException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return tried(() -> inner.putIfAbsent(key, value));
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        try {
            inner.putAll(entries);
        } catch (ProcessorStateException failure) {
            throw failed(failure);
        }
    }

    @Override
    public byte[] delete(Bytes key) {
        return tried(() -> inner.delete(key));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return tried(() -> new WholeScan(inner.range(from, null), to, this::cutOff));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return range(null, null);
    }

    private StreamsException cutOff(EarlyEndException failure) {
        return failed(failure);
    }

    /** Includes the last entry, which is the store's own. */
    @Override
    public long approximateNumEntries() {
        return tried(inner::approximateNumEntries);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        try {
            inner.commit(restores.known(changelogOffsets));
        } catch (ProcessorStateException failure) {
            throw failed(failure);
        }
    }

    /** Only interactive queries need a position, and Kafka Streams asks for it, and copies it, at every write. */
    @Override
    public Position getPosition() {
        return POSITION;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return inner.managesOffsets();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public void close() {
        inner.close();
    }

    private <T> T tried(Supplier<T> access) {
        try {
            return access.get();
        } catch (ProcessorStateException failure) {
            throw failed(failure);
        }
    }

    private StreamsException failed(ProcessorStateException failure) {
        return repair.whileInUse(task, failure);
    }
}
