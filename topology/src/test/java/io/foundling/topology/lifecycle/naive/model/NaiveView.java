package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import java.util.List;
import java.util.Map;

/**
 * A disposition. Texts are empty where there is none.
 *
 * @param deadlineMs of the current awaiting status; {@code Times.NEVER}, with grace 0 and an empty rule, where there is
 *     none
 * @param durationMs -1 where there is none
 * @param warnings by attempt, status and extension
 * @param history the ten highest attempts with a status, lowest first
 */
public record NaiveView(
        Status status,
        int attempt,
        String parent,
        long enteredAtMs,
        long firstOccurredAtMs,
        long lastOccurredAtMs,
        long deadlineMs,
        long graceMs,
        String rule,
        String detail,
        String waitingOn,
        String reason,
        String externalId,
        String promisedBy,
        String outputHash,
        long durationMs,
        Map<String, Long> counts,
        List<NaiveWarning> warnings,
        Map<String, String> metadata,
        List<NaiveAttempt> history) {}
