package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;

/** One attempt in brief; {@code endedAtMs} is {@code Times.NEVER} while it awaits. */
public record NaiveAttempt(int attempt, Status status, long startedAtMs, long endedAtMs) {}
