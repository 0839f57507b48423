package io.foundling.console.web;

/** Hears of each answer. Called on the thread of the request. */
@FunctionalInterface
public interface WebListener {

    String NO_OPERATION = "none";

    /** @param operation its id; {@link #NO_OPERATION} if the path has none */
    void answered(String operation, int status);
}
