package io.foundling.topology.lifecycle;

/**
 * A warning that was emitted for a wait and not withdrawn. It is kept after it has recovered.
 *
 * @param id the wait's
 * @param limit the wait's: the warning starts at its deadline
 * @param recoveredAtMs when the subject moved on after all; {@link Times#NEVER} while the warning is active
 * @param restarted whether it recovered by a restart (rule T12)
 */
public record Warning(
        WaitId id,
        long enteredAtMs,
        Limit limit,
        Emission emission,
        String waitingOn,
        long recoveredAtMs,
        boolean restarted) {

    static Warning of(Wait wait, Emission emission) {
        return new Warning(
                wait.id(),
                wait.enteredAtMs(),
                wait.limit(),
                emission,
                wait.waitingOn(),
                wait.leftAtMs(),
                wait.restarted());
    }

    boolean isOf(Wait wait) {
        return id.equals(wait.id());
    }

    /** Whether it has not recovered. */
    public boolean isActive() {
        return recoveredAtMs == Times.NEVER;
    }

    /** Whether two states of one warning show the same: then no update is emitted (rule T15). */
    boolean looksLike(Warning other) {
        return limit.looksLike(other.limit);
    }
}
