package io.foundling.bench.ledger;

import io.foundling.audit.Status;

/** The state of a subject after all events were read and all deadlines have passed. */
record LastState(Status status, boolean isOrphan) {}
