package io.foundling.console.web;

/** Is called for each answer, on the thread of its request. */
@FunctionalInterface
public interface WebListener {

    String NO_OPERATION = "none";

    /** @param operation its id; {@link #NO_OPERATION} if the path has none */
    void answered(String operation, int status);
}
