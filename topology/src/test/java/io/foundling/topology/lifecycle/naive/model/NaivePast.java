package io.foundling.topology.lifecycle.naive.model;

import java.util.List;
import java.util.Map;

/**
 * What all events of a subject say together.
 *
 * @param history the ten highest attempts with a status, lowest first
 * @param endedWithParentAtMs {@code Times.NEVER} if its cancelled parent did not end it
 */
public record NaivePast(
        long firstOccurredAtMs,
        long lastOccurredAtMs,
        Map<String, String> metadata,
        List<NaiveAttempt> history,
        long endedWithParentAtMs) {}
