/**
 * The audit clock: the time up to which a task has provably read everything (rules T6, T7 and T8). Stream threads
 * report what they polled and processed, one prober thread reports proofs; the sweep reads the clock. Calls no system
 * clock.
 */
package io.foundling.topology.clock;
