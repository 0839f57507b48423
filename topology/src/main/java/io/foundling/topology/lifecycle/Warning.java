package io.foundling.topology.lifecycle;

/**
 * A warning that was emitted for a wait and not withdrawn. It is kept after it has recovered.
 *
 * @param id the wait's
 * @param limit the wait's: the warning starts at its deadline
 * @param recoveredAtMs when the subject moved on after all; {@link Times#NEVER} while the warning is active
 * @param restarted whether it recovered by a restart (rule T12)
 * @param unknown whether its source was silent by the limit, and has not explained that yet (rule T28)
 */
public record Warning(
        WaitId id,
        long enteredAtMs,
        Limit limit,
        Emission emission,
        String waitingOn,
        long recoveredAtMs,
        boolean restarted,
        boolean unknown) {

    static Warning of(Wait wait, Emission emission, boolean unknown) {
        return new Warning(
                wait.id(),
                wait.enteredAtMs(),
                wait.limit(),
                emission,
                wait.waitingOn(),
                wait.leftAtMs(),
                wait.restarted(),
                unknown);
    }

    boolean isOf(Wait wait) {
        return id.equals(wait.id());
    }

    /** Whether it has not recovered. */
    public boolean isActive() {
        return recoveredAtMs == Times.NEVER;
    }

    /** Whether it makes its subject an orphan: it is active, and not UNKNOWN. */
    boolean isOfOrphan() {
        return isActive() && !unknown;
    }

    /** Returns the time that the clock must be past for the next reminder; NEVER if there is none (rules T25, T28). */
    long reminderMs(Reminders reminders) {
        return isOfOrphan() ? emission.reminderMs(reminders.repeatMs(id.status())) : Times.NEVER;
    }

    Warning publishedAt(long clockMs) {
        return withEmission(emission.publishedAt(clockMs));
    }

    /** Whether two states of one warning differ at most in when it was last published. */
    boolean differsInRemindersOnly(Warning other) {
        return equals(other)
                || publishedAt(other.emission.publishedMs()).equals(other.publishedAt(emission.publishedMs()));
    }

    private Warning withEmission(Emission newEmission) {
        return new Warning(id, enteredAtMs, limit, newEmission, waitingOn, recoveredAtMs, restarted, unknown);
    }

    /** Whether two states of one warning show the same: then no update is emitted (rule T15). */
    boolean looksLike(Warning other) {
        return limit.looksLike(other.limit) && unknown == other.unknown;
    }
}
