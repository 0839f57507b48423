package io.foundling.topology.lifecycle.naive.model;

import java.util.Map;

/**
 * What the facts of the current attempt say beside its status. Texts are empty where there is none.
 *
 * @param durationMs -1 where there is none
 */
public record NaiveDetails(
        String detail,
        String waitingOn,
        String reason,
        String externalId,
        String promisedBy,
        String outputHash,
        long durationMs,
        Map<String, Long> counts) {}
