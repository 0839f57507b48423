package io.foundling.bench.expiry;

import io.foundling.topology.task.LedgerListener;

/** Counts the warnings of all partitions. */
final class EmittedWarnings implements LedgerListener {

    private int count;

    @Override
    public void warningEmitted() {
        count++;
    }

    int count() {
        return count;
    }
}
