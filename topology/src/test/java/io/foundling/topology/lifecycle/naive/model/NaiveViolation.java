package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.ViolationType;

/** A violation as it is reported once; attempt 0 where it belongs to none. */
public record NaiveViolation(int attempt, ViolationType type) {}
