/** What the tests on a real broker share: processes, topics and readers, the real log, and what the ledger should make of it. */
package io.foundling.service.it.rig;
