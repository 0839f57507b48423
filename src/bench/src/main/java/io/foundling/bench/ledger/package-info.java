/**
 * Foundling beside its competitors: the same events through each of them, on one broker. The runner starts every
 * contender as a process of its own and reads the figures from outside; the contenders' main classes are here too.
 */
package io.foundling.bench.ledger;
