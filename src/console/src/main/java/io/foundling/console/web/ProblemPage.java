package io.foundling.console.web;

/** Shows a problem to a person at a browser. Programs get it as JSON. Called on many threads at once. */
@FunctionalInterface
public interface ProblemPage {

    /**
     * Returns the page.
     *
     * @param target path and query as they were sent
     */
    Reply of(Problem problem, String target);
}
