package io.foundling.bench.ledger;

/** What was written for one event. */
record PerEvent(double records, double bytes) {

    static PerEvent of(Written written, long events) {
        return new PerEvent((double) written.records() / events, (double) written.bytes() / events);
    }
}
