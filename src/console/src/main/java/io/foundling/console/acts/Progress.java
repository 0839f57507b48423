package io.foundling.console.acts;

import java.time.Instant;
import java.util.Optional;

/**
 * How far an act on many subjects is.
 *
 * @param done subjects whose events the broker has acknowledged
 * @param skipped subjects that awaited nothing any more
 * @param failed subjects whose events were refused for good
 * @param problem why it ended early
 */
public record Progress(
        State state,
        long done,
        long skipped,
        long failed,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> problem) {

    /** What is happening to it. */
    public enum State {
        /** It was counted, and nobody has confirmed it yet. */
        PROPOSED,
        /** It was confirmed, and others run before it. */
        WAITING,
        RUNNING,
        /** Every subject was dealt with. */
        DONE,
        /** Somebody stopped it, or the process ended. */
        STOPPED,
        /** It ended early for the reason that is the problem. */
        FAILED;

        /** Whether it was confirmed, and goes on. */
        public boolean isUnderWay() {
            return this == WAITING || this == RUNNING;
        }

        /** Whether nothing more will happen. */
        public boolean isEnd() {
            return this == DONE || this == STOPPED || this == FAILED;
        }
    }

    /** Returns how many subjects were dealt with. */
    public long dealtWith() {
        return done + skipped + failed;
    }
}
