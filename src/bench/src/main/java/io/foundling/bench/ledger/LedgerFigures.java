package io.foundling.bench.ledger;

/**
 * What one run of a contender has cost. All but {@code rate}, {@code afterwards} and {@code peakMib} are about the second
 * half of the events.
 *
 * @param rate events a second
 * @param cpu seconds of the contender for a million events
 * @param brokerCpu seconds of the broker for a million events
 * @param afterwards seconds of the contender after the last event, for what was due later, for a million events
 * @param changelog records and bytes an event
 * @param outputs records and bytes an event
 * @param peakMib the greatest resident memory
 */
record LedgerFigures(
        double rate,
        double cpu,
        double brokerCpu,
        double afterwards,
        PerEvent changelog,
        PerEvent outputs,
        double peakMib) {

    /** Returns the processor seconds with those for what was due later. */
    double wholeCpu() {
        return cpu + afterwards;
    }
}
