package io.foundling.console.access;

/** Counts denied calls. Any thread. */
@FunctionalInterface
public interface AccessListener {

    AccessListener NONE = reason -> {};

    void denied(AccessDeniedException.Reason reason);
}
