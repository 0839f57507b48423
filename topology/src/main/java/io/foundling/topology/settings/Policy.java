package io.foundling.topology.settings;

import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long a status may last. The first policy that matches an awaiting fact gives its window, where the fact names no
 * deadline of its own, its grace, and how often a warning about it is repeated.
 *
 * @param name unique; shown as {@code policy:NAME} with every deadline it gave
 * @param window from entering the status to the deadline; none: this policy gives no deadline
 * @param grace added to the deadline before a warning
 * @param repeat how often a warning is published again while it is active; none: never
 */
public record Policy(
        String name,
        Optional<SubjectKind> kind,
        Optional<String> source,
        Optional<String> stage,
        Optional<Status> status,
        Optional<Duration> window,
        Duration grace,
        Optional<Duration> repeat) {

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
    }

    /** Whether this policy applies to a subject in a status; what it leaves open matches anything. */
    public boolean matches(Subject subject, Status entered) {
        return kind.map(wanted -> wanted == subject.getKind()).orElse(true)
                && source.map(wanted -> wanted.equals(subject.getSource())).orElse(true)
                && stage.map(wanted -> wanted.equals(subject.getStage())).orElse(true)
                && status.map(wanted -> wanted == entered).orElse(true);
    }
}
