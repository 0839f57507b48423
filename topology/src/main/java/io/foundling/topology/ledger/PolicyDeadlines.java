package io.foundling.topology.ledger;

import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Reminders;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.Policy;
import java.util.List;
import java.util.function.UnaryOperator;

/** Gives awaiting statuses the deadlines, graces and reminders of the policies in force (rules T1, T2, T21 and T25). */
public final class PolicyDeadlines {

    private final List<Policy> policies;
    private final boolean repeats;

    public PolicyDeadlines(List<Policy> policies) {
        this.policies = policies;
        repeats = policies.stream().anyMatch(policy -> policy.repeat().isPresent());
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

    /** Returns what gives an awaiting fact of a subject the deadline that it would have if it was read now. */
    UnaryOperator<Fact> ofFactsOf(Subject subject) {
        return fact -> fact.under(
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

    private Policy policy(Subject subject, Status status) {
        for (Policy policy : policies) {
            if (policy.matches(subject, status)) {
                return policy;
            }
        }
        return null;
    }
}
