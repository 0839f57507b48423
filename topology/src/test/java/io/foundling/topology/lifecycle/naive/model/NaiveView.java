package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import java.util.List;
import java.util.Map;

/**
 * A disposition.
 *
 * @param parent empty where there is none
 * @param deadline of the current awaiting status
 * @param warnings by attempt, status and extension
 */
public record NaiveView(
        Status status,
        int attempt,
        String parent,
        long enteredAtMs,
        NaiveDeadline deadline,
        NaiveDetails details,
        List<NaiveWarning> warnings,
        NaivePast past) {

    public long deadlineMs() {
        return deadline.atMs();
    }

    public long firstOccurredAtMs() {
        return past.firstOccurredAtMs();
    }

    public long lastOccurredAtMs() {
        return past.lastOccurredAtMs();
    }

    public Map<String, String> metadata() {
        return past.metadata();
    }

    public List<NaiveAttempt> history() {
        return past.history();
    }

    /** Returns when its cancelled parent ended it; {@code Times.NEVER} if none did. */
    public long endedWithParentAtMs() {
        return past.endedWithParentAtMs();
    }
}
