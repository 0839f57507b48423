package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;

/** A emitted mark that was not withdrawn; {@code recoveredAtMs} is {@code Times.NEVER} while its warning stands. */
public record NaiveWarning(
        int attempt,
        Status status,
        int extension,
        OrphanReason reason,
        long enteredAtMs,
        long deadlineMs,
        String rule,
        long recoveredAtMs) {}
