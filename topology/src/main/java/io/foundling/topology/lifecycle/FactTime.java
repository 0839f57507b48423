package io.foundling.topology.lifecycle;

/** When a fact happened, and when it was appended to its topic. */
public record FactTime(long occurredAtMs, long appendedAtMs) {}
