/**
 * The results of comparing a source with its target, by scope: which one counts, what is published, and which scopes
 * have a check that failed. Used by the ledger task and by rebuilds, on the thread of the task.
 */
package io.foundling.topology.reconciliation;
