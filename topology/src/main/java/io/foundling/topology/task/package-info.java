/**
 * What the ledger task and the alerts task share: the limit on how long they may be busy, the timestamps of records,
 * and the listener that counts what they do. Used on their stream threads.
 */
package io.foundling.topology.task;
