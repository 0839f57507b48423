package io.foundling.service.rocksdb;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/** Makes a store use the shared {@link RocksDbMemory}; Kafka Streams creates one of these for every store. */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (!(configs.get(RocksDbMemory.CONFIG) instanceof RocksDbMemory memory)) {
            throw new IllegalStateException("store " + storeName + " is opened without " + RocksDbMemory.CONFIG);
        }
        // The table configuration of Kafka Streams, not a new one: its cache metrics read it.
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        // Otherwise indexes and filters are outside the cache and its bound.
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
    }

    /** Closes nothing: Kafka Streams closes its own objects of the store, and the shared memory outlives the store. */
    @Override
    public void close(String storeName, Options options) {}
}
