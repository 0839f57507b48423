package io.foundling.service.state;

/** What the failure of a stream thread means for local state. */
public sealed interface StateVerdict {

    /** The failure has nothing to do with state. */
    record Unconcerned() implements StateVerdict {}

    /** The next thread finds the state wiped and restores it. */
    record Restorable() implements StateVerdict {}

    /** The process must stop. */
    record Unusable(UnusableStateException why) implements StateVerdict {}
}
