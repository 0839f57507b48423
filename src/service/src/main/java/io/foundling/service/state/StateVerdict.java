package io.foundling.service.state;

/** What follows from the failure of a stream thread, as far as local state is concerned. */
public sealed interface StateVerdict {

    /** State has nothing to do with it. */
    record Unconcerned() implements StateVerdict {}

    /** The next thread finds the state wiped and restores it. */
    record Restorable() implements StateVerdict {}

    /** The process must stop. */
    record Unusable(UnusableStateException why) implements StateVerdict {}
}
