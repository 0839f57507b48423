package io.foundling.topology.lifecycle.naive.model;

/** A deadline and where it came from; {@code Times.NEVER}, with grace 0 and an empty rule, where there is none. */
public record NaiveDeadline(long atMs, long graceMs, String rule) {}
