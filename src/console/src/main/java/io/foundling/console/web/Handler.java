package io.foundling.console.web;

/** Answers requests of one operation. Called on many threads at once. */
@FunctionalInterface
public interface Handler {

    /**
     * Returns the answer.
     *
     * @throws ProblemException if there is none
     */
    Reply reply(Request request);
}
