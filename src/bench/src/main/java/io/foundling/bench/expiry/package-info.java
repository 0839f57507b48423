/**
 * What a sweep costs: the real ledger processor over RocksDB, without Kafka. Started by {@code sweep-bench}; one thread
 * runs all partitions, as a stream thread does.
 */
package io.foundling.bench.expiry;
