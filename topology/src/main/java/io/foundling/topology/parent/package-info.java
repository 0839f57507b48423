/**
 * Parents and their members: what a closing means for those that did not come back, and the accounts of it. Called by
 * the ledger, on the stream thread of its task.
 */
package io.foundling.topology.parent;
