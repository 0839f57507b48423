package io.foundling.topology.lifecycle.truth;

import io.foundling.topology.lifecycle.naive.model.NaiveEvent;

/**
 * An event on its way to the ledger.
 *
 * @param run the run that it is about, from 0
 * @param appendedAtMs the true time at which it can be read
 */
record Report(NaiveEvent event, int run, long appendedAtMs) {}
