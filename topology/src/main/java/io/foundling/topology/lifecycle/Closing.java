package io.foundling.topology.lifecycle;

/**
 * What is known of one attempt of a parent.
 *
 * @param closedAtMs when it reached its outcome; {@link Fact#NEVER} while it is under way
 * @param previousClosedAtMs the latest closing of the attempts before it; {@link Fact#NEVER} if none of them closed
 * @param warns whether members that did not come back are orphans: not those of a cancelled parent
 * @param heldUntilMs nobody is told before the clock is past this, what happened before the closing may still arrive
 */
public record Closing(int attempt, long closedAtMs, long previousClosedAtMs, boolean warns, long heldUntilMs) {

    boolean isClosed() {
        return closedAtMs != Fact.NEVER;
    }
}
