/** The bridge on real brokers: as a process that is killed, and between a topic of others and the ledger. */
package io.foundling.service.it.bridge;
