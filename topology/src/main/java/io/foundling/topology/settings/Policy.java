package io.foundling.topology.settings;

import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.ParentKinds;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long a status may last, and what is demanded of subjects. The first policy that matches an awaiting fact gives its
 * window, where the fact names no deadline of its own, its grace, and how often a warning about it is repeated. The first
 * one without a status that matches a subject says what is demanded of it.
 *
 * @param name unique; shown as {@code policy:NAME} with every deadline it gave
 * @param window from entering the status to the deadline; none: this policy gives no deadline
 * @param grace added to the deadline before a warning
 * @param repeat how often a warning is published again while it is active; none: never
 */
public record Policy(
        String name,
        PolicyMatch match,
        Optional<Duration> window,
        Duration grace,
        Optional<Duration> repeat,
        Demands demands) {

    /** The shortest {@code repeat}: reminders are for people. */
    public static final Duration MIN_REPEAT = Duration.ofMinutes(1);

    public Policy {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("policy name must not be blank");
        }
        window.filter(Duration::isNegative).ifPresent(found -> {
            throw new IllegalArgumentException("window of policy '" + name + "' is " + found + ", must be 0 or more");
        });
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace of policy '" + name + "' is " + grace + ", must be 0 or more");
        }
        repeat.filter(found -> found.compareTo(MIN_REPEAT) < 0).ifPresent(found -> {
            throw new IllegalArgumentException(
                    "repeat of policy '" + name + "' is " + found + ", must be " + MIN_REPEAT + " or more");
        });
        if (match.status().isPresent() && !demands.equals(Demands.NONE)) {
            throw new IllegalArgumentException("policy '" + name + "' has status "
                    + match.status().get() + " and demands something, must have no status to do so");
        }
        match.kind().filter(kind -> kind != SubjectKind.SCOPE).ifPresent(kind -> {
            if (demands.isOfScopesOnly()) {
                throw new IllegalArgumentException("policy '" + name + "' has kind " + kind
                        + " and singleRun or freshBy, must have kind SCOPE or none: only scopes have runs");
            }
        });
        match.kind().filter(kind -> !ParentKinds.include(kind)).ifPresent(kind -> {
            if (demands.memberCount().isPresent()) {
                throw new IllegalArgumentException("policy '" + name + "' has kind " + kind
                        + " and memberCount, must have kind BATCH, EXPORT or none: only these have members");
            }
        });
    }

    /** Makes one that demands nothing. */
    public Policy(
            String name,
            Optional<SubjectKind> kind,
            Optional<String> source,
            Optional<String> stage,
            Optional<Status> status,
            Optional<Duration> window,
            Duration grace,
            Optional<Duration> repeat) {
        this(name, new PolicyMatch(kind, source, stage, status), window, grace, repeat, Demands.NONE);
    }

    /** Whether this policy applies to a subject in a status. */
    public boolean matches(Subject subject, Status entered) {
        return match.includes(subject, entered);
    }

    /** Whether what this policy demands applies to a subject. */
    public boolean makesDemandsOn(Subject subject) {
        return match.status().isEmpty() && match.includes(subject);
    }
}
