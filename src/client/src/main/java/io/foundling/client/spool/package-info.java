/**
 * A bounded, append-only log of byte records in a directory, which outlives the process: where a recorder keeps what the
 * broker does not take. Files only: no Kafka, no Avro, no threads, no clock. Only the recorder calls it. One thread appends
 * (collect, write, force), one other thread reads and acknowledges; sizes and positions may be asked by any.
 */
package io.foundling.client.spool;
