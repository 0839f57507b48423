package io.foundling.topology.parent;

import io.foundling.audit.Closure;

/** Takes the closures and notes that this partition sends about parents. */
public interface ClosureOutput {

    /** Sends a closure to every partition. */
    void send(Closure closure);

    /** Notes in the partition of a parent that this one holds members of it, or holds none any more. */
    void name(String parentKey, boolean named);
}
