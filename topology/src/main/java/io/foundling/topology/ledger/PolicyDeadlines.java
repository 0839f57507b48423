package io.foundling.topology.ledger;

import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Reminders;
import io.foundling.topology.lifecycle.SingleRun;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.DueTimes;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives awaiting statuses the deadlines, graces and reminders of the policies in force (rules T1, T2, T21 and T25), and
 * says what these demand of subjects (rules F2, F4 and L21). Expectations give deadlines, too (rules E4 and E6).
 */
public final class PolicyDeadlines {

    private final List<Policy> policies;
    private final Map<String, Expectation> expectations;
    private final boolean repeats;
    private final boolean demands;
    private final boolean schedules;

    public PolicyDeadlines(List<Policy> policies, List<Expectation> expectations) {
        this.policies = policies;
        this.expectations = expectations.stream().collect(Collectors.toMap(Expectation::name, Function.identity()));
        repeats = policies.stream().anyMatch(policy -> policy.repeat().isPresent());
        schedules =
                policies.stream().anyMatch(policy -> policy.demands().freshBy().isPresent());
        demands = policies.stream().anyMatch(policy -> !policy.demands().equals(Demands.NONE));
    }

    /** Returns which runs of a subject must not be active at once; none: any may, or it is no scope. */
    public Optional<SingleRun> singleRunOf(Subject subject) {
        return subject.getKind() == SubjectKind.SCOPE ? demandsOn(subject).singleRun() : Optional.empty();
    }

    /** Returns by when a subject is to be completed again; none: its maxAge counts, or it is no scope. */
    public Optional<DueTimes> scheduleOf(String subjectKey) {
        if (!schedules || !SubjectKey.isOfScope(subjectKey)) {
            return Optional.empty();
        }
        return demandsOn(SubjectKey.parse(subjectKey)).freshBy();
    }

    /** Returns what is demanded of a subject. */
    Demands demandsOn(Subject subject) {
        if (demands) {
            for (Policy policy : policies) {
                if (policy.makesDemandsOn(subject)) {
                    return policy.demands();
                }
            }
        }
        return Demands.NONE;
    }

    /** Returns the deadline of a status whose fact names none. */
    Deadline ofStatus(Subject subject, FactType type, long occurredAtMs) {
        Policy policy = policy(subject, type.status());
        return policy == null || policy.window().isEmpty()
                ? Deadline.NONE
                : Deadline.ofPolicy(
                        policy.name(),
                        Times.plus(occurredAtMs, Times.ms(policy.window().get())),
                        Times.ms(policy.grace()));
    }

    /** Returns the deadline of a status whose fact names one. */
    Deadline ofDueAt(Subject subject, FactType type, long dueAtMs) {
        return Deadline.ofDueAt(dueAtMs, graceMs(subject, type));
    }

    /**
     * Returns the deadline that an expectation gives; empty if there is none of that name (rule E4).
     *
     * @param knownAtMs since when the cause could be known; the Expected counts as appended then
     */
    public Optional<Deadline> ofExpectation(String name, Subject subject, long knownAtMs) {
        return Optional.ofNullable(expectations.get(name))
                .map(found -> Deadline.ofExpectation(
                        name, Times.plus(knownAtMs, Times.ms(found.within())), graceMs(subject, FactType.EXPECTED)));
    }

    /**
     * Returns what gives an awaiting fact of a subject the deadline that it would have if it was read now; none if it is
     * an Expected of an expectation that is not in force.
     */
    Function<Fact, Optional<Fact>> ofFactsOf(Subject subject) {
        return fact -> deadline(subject, fact).map(fact::under);
    }

    private Optional<Deadline> deadline(Subject subject, Fact fact) {
        Optional<String> expectation = fact.deadline().expectation();
        if (expectation.isPresent()) {
            return ofExpectation(expectation.get(), subject, fact.event().appendedAtMs());
        }
        return Optional.of(
                fact.deadline().isDueAt()
                        ? ofDueAt(subject, fact.type(), fact.deadline().atMs())
                        : ofStatus(subject, fact.type(), fact.occurredAtMs()));
    }

    /** Returns the reminders of a subject. Its key is parsed only where a policy repeats and a warning is active. */
    public Reminders remindersOf(String subjectKey) {
        return repeats ? status -> repeatMs(SubjectKey.parse(subjectKey), status) : Reminders.NONE;
    }

    private long repeatMs(Subject subject, Status status) {
        Policy policy = policy(subject, status);
        return policy == null ? Times.NEVER : policy.repeat().map(Times::ms).orElse(Times.NEVER);
    }

    private long graceMs(Subject subject, FactType type) {
        Policy policy = policy(subject, type.status());
        return policy == null ? 0 : Times.ms(policy.grace());
    }

    /** Returns the first policy that matches a subject in a status (rule T2). */
    public Optional<Policy> policyOf(Subject subject, Status status) {
        return Optional.ofNullable(policy(subject, status));
    }

    private Policy policy(Subject subject, Status status) {
        for (Policy policy : policies) {
            if (policy.matches(subject, status)) {
                return policy;
            }
        }
        return null;
    }
}
