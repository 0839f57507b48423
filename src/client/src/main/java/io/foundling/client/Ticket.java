package io.foundling.client;

/** Where an audit event was written. Every in-sync replica has acknowledged it. */
public record Ticket(String topic, int partition, long offset) {}
