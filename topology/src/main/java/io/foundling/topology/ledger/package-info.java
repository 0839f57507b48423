/**
 * The ledger: decodes audit events, applies the lifecycle rules to the store, publishes what follows, and sweeps the
 * expiry index. Runs on the stream thread of its task.
 */
package io.foundling.topology.ledger;
