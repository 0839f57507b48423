package io.foundling.topology.ledger;

import io.foundling.audit.Subject;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.Policy;
import java.util.List;
import java.util.function.UnaryOperator;

/** Gives awaiting statuses the deadlines and graces of the policies in force (rules T1, T2 and T21). */
final class PolicyDeadlines {

    private final List<Policy> policies;

    PolicyDeadlines(List<Policy> policies) {
        this.policies = policies;
    }

    /** Returns the deadline of a status whose fact names none. */
    Deadline ofStatus(Subject subject, FactType type, long occurredAtMs) {
        Policy policy = policy(subject, type);
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

    private long graceMs(Subject subject, FactType type) {
        Policy policy = policy(subject, type);
        return policy == null ? 0 : Times.ms(policy.grace());
    }

    private Policy policy(Subject subject, FactType type) {
        for (Policy policy : policies) {
            if (policy.matches(subject, type.status())) {
                return policy;
            }
        }
        return null;
    }
}
