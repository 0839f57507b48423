/**
 * Parents and their members: closures, the passes over the members of closed parents, and the accounts of who came
 * back. Called by the ledger, on the stream thread of its task.
 */
package io.foundling.topology.parent;
