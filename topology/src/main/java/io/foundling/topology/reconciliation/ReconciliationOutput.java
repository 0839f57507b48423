package io.foundling.topology.reconciliation;

import io.foundling.audit.Reconciliation;

/** Where results of checks are sent. */
public interface ReconciliationOutput {

    /** Sends a result under its key; null takes back what was sent under it. */
    void send(String key, Reconciliation result);
}
