/**
 * Makes the stores anew from what the ledger has published, for {@code foundling rebuild}. In memory, for one thread; no
 * part of the topology.
 */
package io.foundling.topology.rebuild;
