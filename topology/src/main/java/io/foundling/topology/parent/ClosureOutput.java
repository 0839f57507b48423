package io.foundling.topology.parent;

import io.foundling.audit.Closure;

/** Takes the closures and notes that this partition sends about parents. */
public interface ClosureOutput {

    /** Sends a closure to every partition. */
    void send(Closure closure);

    /** Notes in the partition of a parent that this one holds members of it, or holds none any more. */
    void name(String parentKey, boolean named);

    /** Asks the partition of a parent up to when it has sent its closures. */
    void ask(String parentKey);

    /** Answers to every partition that this one has sent its closures up to a time. */
    void answer(long sentThroughMs);
}
