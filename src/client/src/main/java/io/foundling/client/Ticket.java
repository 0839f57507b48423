package io.foundling.client;

/** Where an audit event was written, acknowledged by every in-sync replica. */
public record Ticket(String topic, int partition, long offset) {}
