package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Expected;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Cause;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.ExpectedId;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Sends what expectations expect after a subject, and revokes it (rules E3 and E5). What was sent before follows from the
 * state before an event, so that nothing is stored for it. A subject that no expectation is about costs one comparison
 * for each of them.
 */
final class Expectations {

    private static final Producer LEDGER = new Producer("foundling", "ledger", "", 0L);

    private final TaskPolicies policies;
    private final long allowedLagMs;
    private final long rememberedMs;
    private final Outbox outbox;

    Expectations(LedgerSettings settings, TaskPolicies policies, Outbox outbox) {
        this.policies = policies;
        this.allowedLagMs = settings.time().allowedLag().toMillis();
        this.rememberedMs = Times.ms(settings.retention().remembered());
        this.outbox = outbox;
    }

    /** Follows a change of a subject. */
    void follow(String subjectKey, Decision decision) {
        if (policies.expectations().isEmpty() || !decision.changesFacts()) {
            return;
        }
        Subject subject = SubjectKey.parse(subjectKey);
        for (Expectation expectation : policies.expectations()) {
            if (expectation.isAfter(subject)) {
                follow(expectation, subject, decision);
            }
        }
    }

    private void follow(Expectation expectation, Subject subject, Decision decision) {
        List<Cause> before = causes(expectation, decision.before());
        Map<Long, Long> knownBefore = knownByTime(before);
        Map<Long, Long> knownAfter = knownByTime(causes(expectation, decision.after()));
        int collapsed = decision.state().collapsed().throughAttempt();
        for (Cause cause : before) {
            long causedAtMs = cause.occurredAtMs();
            if (cause.attempt() > collapsed
                    && !Objects.equals(knownAfter.get(causedAtMs), knownBefore.get(causedAtMs))) {
                revoke(expectation, subject, causedAtMs);
            }
        }
        knownAfter.forEach((causedAtMs, knownAtMs) -> {
            if (!knownAtMs.equals(knownBefore.get(causedAtMs)) && !mayBeForgotten(causedAtMs, knownAtMs)) {
                outbox.addExpected(expected(expectation, subject, causedAtMs, knownAtMs), knownAtMs);
            }
        });
    }

    /** Returns since when each cause could be known, by the time of the cause. */
    private Map<Long, Long> knownByTime(List<Cause> causes) {
        Map<Long, Long> known = new TreeMap<>();
        causes.forEach(cause -> known.merge(cause.occurredAtMs(), knownAtMs(cause), Math::min));
        return known;
    }

    /** What is appended within allowedLag is appended in time. */
    private long knownAtMs(Cause cause) {
        boolean isLate = cause.appendedAtMs() > Times.plus(cause.occurredAtMs(), allowedLagMs);
        return isLate ? cause.appendedAtMs() : cause.occurredAtMs();
    }

    /** Whether the expected subject may have begun, ended and been forgotten before the cause was known. */
    private boolean mayBeForgotten(long causedAtMs, long knownAtMs) {
        return knownAtMs > Times.plus(causedAtMs, rememberedMs);
    }

    /** Revokes all that was expected after a subject: nobody could do so later, whatever calls it off. */
    void revokeAll(String subjectKey, PlacedDisposition was) {
        Subject subject = SubjectKey.parse(subjectKey);
        for (Expectation expectation : policies.expectations()) {
            if (expectation.isAfter(subject)) {
                was.allCauses(expectation.status())
                        .forEach(cause -> revoke(expectation, subject, cause.occurredAtMs()));
            }
        }
    }

    private void revoke(Expectation expectation, Subject subject, long causedAtMs) {
        outbox.addRevoked(SubjectKey.of(expectation.expectedAfter(subject)), id(expectation, subject, causedAtMs));
    }

    private static List<Cause> causes(Expectation expectation, PlacedDisposition subject) {
        return subject.causes(expectation.status(), Times.ms(expectation.within()));
    }

    private static UUID id(Expectation expectation, Subject subject, long causedAtMs) {
        return ExpectedId.of(expectation.name(), SubjectKey.of(subject), causedAtMs);
    }

    private static AuditEvent expected(Expectation expectation, Subject subject, long causedAtMs, long knownAtMs) {
        long dueAtMs = Times.plus(knownAtMs, Times.ms(expectation.within()));
        return new AuditEvent(
                id(expectation, subject, causedAtMs),
                expectation.expectedAfter(subject),
                null,
                null,
                Instant.ofEpochMilli(causedAtMs),
                null,
                Map.of(),
                LEDGER,
                null,
                new Expected(Instant.ofEpochMilli(dueAtMs), SubjectKey.of(subject), expectation.name()));
    }
}
