package io.foundling.client.micrometer;

import io.foundling.client.RecorderGauges;

/** What a recorder would hold. */
record HeldEvents(long queuedEvents, long queuedBytes, long spooledBytes) implements RecorderGauges {}
