package io.foundling.console.access;

/** Knows callers by one kind of credentials. Any thread. */
public interface Verifier {

    /** Whether a credential is of this kind, by its form. At most one verifier says so of any credential. */
    boolean takes(String credential);

    /**
     * Returns the caller with a credential of this kind.
     *
     * @throws AccessDeniedException if it is not accepted
     * @throws AccessUnavailableException if it cannot be judged at the moment
     */
    Caller callerOf(String credential);

    /** Returns what a credential of this kind is called, with its article. */
    String kind();
}
