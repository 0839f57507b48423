package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;

/** A warning that was emitted and not withdrawn; {@code recoveredAtMs} is {@code Times.NEVER} while it is active. */
public record NaiveWarning(
        int attempt,
        Status status,
        int extension,
        OrphanReason reason,
        long enteredAtMs,
        long deadlineMs,
        String rule,
        long recoveredAtMs) {}
