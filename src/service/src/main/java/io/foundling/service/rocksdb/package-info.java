/** Bounds the native memory of all stores of an instance together. Called by Kafka Streams when it opens a store. */
package io.foundling.service.rocksdb;
