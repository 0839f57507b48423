package io.foundling.topology.lifecycle;

import io.foundling.audit.ViolationType;

/**
 * A violation to report.
 *
 * @param attempt 0 where it belongs to no attempt
 * @param message what was found, what was expected, and which setting changes it
 */
public record Violation(ViolationType type, int attempt, String message) {

    /** What makes a violation the same one: it is reported once for a subject. */
    public record Identity(ViolationType type, int attempt) {}

    public Identity identity() {
        return new Identity(type, attempt);
    }
}
