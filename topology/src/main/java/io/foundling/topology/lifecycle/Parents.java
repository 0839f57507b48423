package io.foundling.topology.lifecycle;

/** What is known of parents, by subject key. One call is one look-up, which may read the store. */
@FunctionalInterface
public interface Parents {

    /** Nothing is known of any parent. */
    Parents NONE = parent -> Closings.UNKNOWN;

    /** Returns the closings of a parent; {@link Closings#UNKNOWN} if none was read, or all were forgotten. */
    Closings of(String parentKey);
}
