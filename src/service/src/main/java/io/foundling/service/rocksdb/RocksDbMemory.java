package io.foundling.service.rocksdb;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one limit for memtables, shared by every store of an instance. Memtables are charged to the
 * cache, so its capacity bounds both. The bound is not hard: a strict one would fail reads, and pinned blocks and a
 * memtable being flushed may exceed it for a while. Close it after Kafka Streams.
 */
public final class RocksDbMemory implements AutoCloseable {

    static final String CONFIG = "foundling.rocksdb.memory";

    private static final int SHARDS_BY_CAPACITY = -1;
    private static final double FOR_INDEX_AND_FILTERS = 0.1;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    /** Reserves nothing yet: native memory grows with use, up to the given size. */
    public RocksDbMemory(long sizeInBytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(sizeInBytes, SHARDS_BY_CAPACITY, false, FOR_INDEX_AND_FILTERS);
        writeBuffers = new WriteBufferManager(sizeInBytes / 2, cache);
    }

    /** Returns settings to add to those of Kafka Streams, which hands unknown objects on to the setter. */
    public Map<String, Object> streamsConfig() {
        return Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class, CONFIG, this);
    }

    /** Returns the bytes in use: blocks, indexes, filters and memtables of all stores. */
    public long usedBytes() {
        return cache.getUsage();
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    @Override
    public String toString() {
        return "shared by all stores";
    }
}
