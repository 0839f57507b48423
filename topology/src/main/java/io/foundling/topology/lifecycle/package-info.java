/**
 * The lifecycle rules as a pure fold over a subject's facts: no Kafka, no clock of its own, no I/O. Called by the
 * ledger on the stream thread; every type is immutable.
 */
package io.foundling.topology.lifecycle;
