package io.foundling.topology.lifecycle;

/** Looks up what is known of parents by subject key. */
@FunctionalInterface
public interface Parents {

    /** Nothing is known of any parent. */
    Parents NONE = parent -> Closings.UNKNOWN;

    Closings of(String parentKey);
}
