/**
 * Explains why a subject has its status, deadline and warnings: the rules run over its trail once more, and what they
 * found becomes sentences. Pure: for the console and the command line, on any thread. The ledger does not use it.
 */
package io.foundling.topology.explain;
