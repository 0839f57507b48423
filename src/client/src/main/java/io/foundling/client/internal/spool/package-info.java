/**
 * A bounded, append-only log of byte records in a directory. It outlives the process: a recorder keeps events here
 * until the broker has acknowledged them. Files only: no Kafka, no Avro, no threads, no clock.
 *
 * <p>Called by {@code internal.delivery} only. One thread appends (collect, write, force), one other thread reads and
 * acknowledges; sizes and positions may be read from any thread.
 */
package io.foundling.client.internal.spool;
