package io.foundling.bench.ledger;

import io.foundling.audit.Status;

/** How a subject stands when all events were read and all deadlines have passed. */
record LastState(Status status, boolean isOrphan) {}
