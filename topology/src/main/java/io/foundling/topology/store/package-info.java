/**
 * One RocksDB store per task behind one facade: subjects, their expiry index and the counts of conservation, under
 * prefixed keys. Used by the task's stream thread only.
 */
package io.foundling.topology.store;
