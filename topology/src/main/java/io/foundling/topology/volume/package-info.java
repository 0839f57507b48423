/**
 * What the completions of declared scopes counted, day by day, and which of them counted far more or far fewer than
 * before. Used by the ledger task, on its thread.
 */
package io.foundling.topology.volume;
