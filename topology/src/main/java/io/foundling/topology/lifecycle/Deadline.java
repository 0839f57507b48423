package io.foundling.topology.lifecycle;

import java.util.Optional;

/**
 * When a status must have moved on, and what says so.
 *
 * @param atMs the deadline, in epoch milliseconds; {@link Times#NEVER} without one
 * @param graceMs what is added to the deadline before a warning
 * @param rule what gave the deadline: {@code dueAt}, {@code extended}, {@code closure}, {@code policy:NAME} or
 *     {@code expectation:NAME}; an empty text without one
 */
public record Deadline(long atMs, long graceMs, String rule) {

    public static final Deadline NONE = new Deadline(Times.NEVER, 0, "");

    private static final String DUE_AT = "dueAt";
    private static final String POLICY_PREFIX = "policy:";
    private static final String EXPECTATION_PREFIX = "expectation:";

    public Deadline {
        if (graceMs < 0) {
            throw new IllegalArgumentException("graceMs is " + graceMs + ", must not be negative");
        }
    }

    /** Returns the deadline; {@link #NONE} itself if it equals that, so that facts without a deadline cost nothing. */
    public static Deadline of(long atMs, long graceMs, String rule) {
        return atMs == Times.NEVER && graceMs == 0 && rule.isEmpty() ? NONE : new Deadline(atMs, graceMs, rule);
    }

    public static Deadline ofPolicy(String name, long atMs, long graceMs) {
        return new Deadline(atMs, graceMs, POLICY_PREFIX + name);
    }

    public static Deadline ofExpectation(String name, long atMs, long graceMs) {
        return new Deadline(atMs, graceMs, EXPECTATION_PREFIX + name);
    }

    public static Deadline ofDueAt(long atMs, long graceMs) {
        return new Deadline(atMs, graceMs, DUE_AT);
    }

    /** Whether the fact itself named it. */
    public boolean isDueAt() {
        return rule.equals(DUE_AT);
    }

    /** Returns the name of the expectation that gave it (rule E4); empty if none did. */
    public Optional<String> expectation() {
        return rule.startsWith(EXPECTATION_PREFIX)
                ? Optional.of(rule.substring(EXPECTATION_PREFIX.length()))
                : Optional.empty();
    }

    /** Returns the name of the policy that gave it; empty if none did. */
    public Optional<String> policy() {
        return rule.startsWith(POLICY_PREFIX) ? Optional.of(rule.substring(POLICY_PREFIX.length())) : Optional.empty();
    }

    public boolean exists() {
        return atMs != Times.NEVER;
    }

    /** Returns the deadline that the event itself gave; {@link Times#NEVER} if a policy gave it (rule L4). */
    long saidMs() {
        return rule.startsWith(POLICY_PREFIX) || rule.startsWith(EXPECTATION_PREFIX) ? Times.NEVER : atMs;
    }

    /** Returns the moment that must be passed, not reached. */
    public long limitMs() {
        return Times.plus(atMs, graceMs);
    }
}
