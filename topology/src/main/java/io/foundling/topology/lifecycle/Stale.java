package io.foundling.topology.lifecycle;

/**
 * A reason for which a declared scope is stale, or will be.
 *
 * @param limitMs the scope is stale once the judged clock is past this
 * @param begins whether a scope begins to count by it; if not, it only goes on counting (rule F3)
 */
public record Stale(Staleness reason, long limitMs, boolean begins) {

    /** Whether a fact says so, and not that none came in time. */
    boolean isReported() {
        return reason == Staleness.LAST_FAILED;
    }
}
