package io.foundling.topology.settings;

import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A policy that says which subject should begin once another one has had a status (rule E1).
 *
 * @param name unique among all policies; shown as {@code expectation:NAME} with every deadline it gave
 * @param after to which subjects it applies, and the status that they must have
 * @param expected what should begin then
 * @param within from the status to the deadline
 */
public record Expectation(String name, PolicyMatch after, Expected expected, Duration within) {

    public static final Duration MAX_WITHIN = Duration.ofDays(3_650);

    /** Those that a subject can have although nothing expects it, and that do not take it back. */
    public static final Set<Status> STATUSES = Set.of(
            Status.OPEN,
            Status.DEFERRED,
            Status.PENDING,
            Status.RETRYING,
            Status.COMPLETED,
            Status.FAILED,
            Status.SKIPPED,
            Status.CANCELLED);

    private static final int MAX_NAME_LENGTH = 200;

    public Expectation {
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "name of an expectation is '" + name + "', must be 1 to " + MAX_NAME_LENGTH + " characters");
        }
        if (after.status().filter(STATUSES::contains).isEmpty()) {
            throw new IllegalArgumentException("status of expectation '" + name + "' is "
                    + after.status().map(Status::name).orElse("missing") + ", must be one of " + STATUSES);
        }
        if (within.isNegative() || within.compareTo(MAX_WITHIN) > 0) {
            throw new IllegalArgumentException(
                    "within of expectation '" + name + "' is " + within + ", must be 0 to " + MAX_WITHIN);
        }
    }

    /**
     * The subject that is expected.
     *
     * @param kind none: that of the subject before it
     * @param source none: that of the subject before it
     * @param id where {@link #ID} stands for the id of the subject before it
     */
    public record Expected(Optional<SubjectKind> kind, Optional<String> source, String stage, String id) {

        public static final String ID = "{id}";

        public Expected {
            if (id.indexOf(ID) < 0 || id.indexOf(ID) != id.lastIndexOf(ID)) {
                throw new IllegalArgumentException("id is '" + id + "', must have " + ID + " in it once");
            }
        }
    }

    /** Returns the status after which something is expected. */
    public Status status() {
        return after.status().orElseThrow();
    }

    /** Whether something is expected after a subject has the status. */
    public boolean isAfter(Subject subject) {
        return after.includes(subject);
    }

    /** Returns the subject that should begin after another one. */
    public Subject expectedAfter(Subject subject) {
        return new Subject(
                expected.kind().orElse(subject.getKind()),
                expected.source().orElse(subject.getSource()),
                expected.stage(),
                expected.id().replace(Expected.ID, subject.getId()));
    }

    /** Whether what this one expects can be what the other one follows. */
    boolean leadsTo(Expectation other) {
        return canBe(expected.kind().or(after::kind), other.after.kind())
                && canBe(expected.source().or(after::source), other.after.source())
                && canBe(Optional.of(expected.stage()), other.after.stage());
    }

    private static <T> boolean canBe(Optional<T> found, Optional<T> wanted) {
        return found.isEmpty() || wanted.isEmpty() || found.equals(wanted);
    }
}
