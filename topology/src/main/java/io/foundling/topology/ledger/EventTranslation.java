package io.foundling.topology.ledger;

import static io.foundling.topology.lifecycle.FactNumbers.said;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Retired;
import io.foundling.audit.Skipped;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.ParentKinds;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.LedgerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns one audit event into what the lifecycle rules take: checks its subject, times, numbers and texts, and gives its
 * status a deadline (rules L1, L2, T1, T2, T3, T4, T5 and B4). Pure; one instance per event.
 */
public final class EventTranslation {

    static final int MAX_TEXT_BYTES = 1_024;
    static final int MAX_ATTEMPT = 10_000;

    /** Times before this are taken for a mistake: 2000-01-01T00:00:00Z. */
    static final long EARLIEST_MS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    private static final long TWENTY_YEARS_MS = 20L * 365 * 24 * 60 * 60 * 1000;

    private final LedgerSettings settings;
    private final PolicyDeadlines deadlines;
    private final AuditEvent event;
    private final long recordMs;
    private final long appendedAtMs;
    private final List<Violation> violations = new ArrayList<>();
    private boolean applicable = true;
    private Optional<Reconciled> reconciled = Optional.empty();

    /**
     * @param recordMs the record's Kafka timestamp
     * @param appendedAtMs when it was appended, or, where the topic does not say, when it was read
     */
    public EventTranslation(
            LedgerSettings settings, PolicyDeadlines deadlines, AuditEvent event, long recordMs, long appendedAtMs) {
        this.settings = settings;
        this.deadlines = deadlines;
        this.event = event;
        this.recordMs = recordMs;
        this.appendedAtMs = appendedAtMs;
    }

    public Arrival arrival() {
        checkSubject();
        long occurredAtMs = occurredAtMs();
        int attempt = attempt();
        Optional<Fact> fact = applicable ? fact(occurredAtMs, attempt) : Optional.empty();
        Map<String, String> metadata = applicable ? event.getMetadata() : Map.of();
        return new Arrival(
                fact,
                event.getEventId(),
                attempt,
                occurredAtMs,
                metadata,
                List.copyOf(violations),
                appendedAtMs,
                ofRuns().singleRun());
    }

    /** Returns the check that the event is about, with bounded texts; empty for any other event. */
    Optional<Reconciled> reconciled() {
        return reconciled;
    }

    /** Returns what is demanded of the runs of its subject. */
    Demands ofRuns() {
        return applicable && event.getSubject().getKind() == SubjectKind.SCOPE
                ? deadlines.demandsOn(event.getSubject())
                : Demands.NONE;
    }

    /** Whether the event may be applied at all. */
    public boolean isApplicable() {
        return applicable;
    }

    private void reject(ViolationType type, int attempt, String message) {
        applicable = false;
        violations.add(new Violation(type, attempt, message));
    }

    /** Whether a subject can be the parent of others (rules L10 and P1). */
    static boolean canBeParent(Subject subject) {
        return ParentKinds.include(subject.getKind())
                && !subject.getId().isEmpty()
                && SubjectRules.objection(subject).isEmpty();
    }

    private void checkSubject() {
        SubjectRules.violation(event.getSubject()).ifPresent(violation -> {
            applicable = false;
            violations.add(violation);
        });
    }

    private static String shorten(String text) {
        return Texts.truncate(text, 80);
    }

    private long occurredAtMs() {
        long occurredAtMs = event.getOccurredAt().toEpochMilli();
        long latestMs = Times.plus(recordMs, settings.time().maxSkew().toMillis());
        if (occurredAtMs > latestMs) {
            violations.add(new Violation(
                    ViolationType.FUTURE_TIMESTAMP,
                    numbered(),
                    "occurredAt is " + event.getOccurredAt() + ", more than maxSkew ("
                            + settings.time().maxSkew()
                            + ") after the record's timestamp " + Instant.ofEpochMilli(recordMs)
                            + ", which is used instead"));
            return recordMs;
        }
        if (occurredAtMs < EARLIEST_MS) {
            reject(
                    ViolationType.INVALID_TIMESTAMP,
                    numbered(),
                    "occurredAt is " + event.getOccurredAt() + "; expected a time from 2000 on, in epoch milliseconds");
        }
        return occurredAtMs;
    }

    private int numbered() {
        Integer attempt = event.getAttempt();
        return attempt != null && attempt >= 1 && attempt <= MAX_ATTEMPT ? attempt : 0;
    }

    private int attempt() {
        if (event.getAttempt() != null && numbered() == 0) {
            reject(
                    ViolationType.ATTEMPT_OUT_OF_RANGE,
                    0,
                    "attempt is " + event.getAttempt() + "; expected 1 to " + MAX_ATTEMPT);
        }
        return numbered();
    }

    private Optional<Fact> fact(long occurredAtMs, int attempt) {
        Object body = event.getBody();
        return switch (Body.of(body)) {
            case DECLARED -> Optional.of(declared((Declared) body, occurredAtMs, attempt));
            case EXPECTED -> Optional.of(expected((Expected) body, occurredAtMs, attempt));
            case OPENED -> Optional.of(awaiting(FactType.OPENED, occurredAtMs, attempt, null, texts()));
            case DEFERRED -> Optional.of(deferred((Deferred) body, occurredAtMs, attempt));
            case PENDING -> Optional.of(pending((Pending) body, occurredAtMs, attempt));
            case EXTENDED -> extended((Extended) body, occurredAtMs, attempt);
            case FAILED -> Optional.of(failed((Failed) body, occurredAtMs, attempt));
            case COMPLETED -> Optional.of(completed((Completed) body, occurredAtMs, attempt));
            case SKIPPED ->
                Optional.of(
                        ended(FactType.SKIPPED, occurredAtMs, attempt, text("reason", ((Skipped) body).getReason())));
            case CANCELLED -> Optional.of(cancelled((Cancelled) body, occurredAtMs, attempt));
            case RETIRED ->
                Optional.of(
                        ended(FactType.RETIRED, occurredAtMs, attempt, text("reason", ((Retired) body).getReason())));
            case RECONCILED -> reconciled((Reconciled) body, occurredAtMs);
            case ANNOTATED, ERASED -> Optional.empty();
        };
    }

    /** Adds no fact: a check is no step of its subject. */
    private Optional<Fact> reconciled(Reconciled check, long occurredAtMs) {
        Optional<String> impossible = CheckTranslation.impossible(check, occurredAtMs);
        if (impossible.isPresent()) {
            reject(ViolationType.INVALID_TIMESTAMP, numbered(), impossible.get());
            return Optional.empty();
        }
        Reconciled bounded = CheckTranslation.bounded(check);
        if (!bounded.equals(check)) {
            violations.add(new Violation(ViolationType.TEXT_TRUNCATED, numbered(), CheckTranslation.truncated(check)));
        }
        reconciled = Optional.of(bounded);
        return Optional.empty();
    }

    private Fact declared(Declared declared, long occurredAtMs, int attempt) {
        long maxAgeMs = declared.getMaxAge() > 0 ? declared.getMaxAge() : Fact.NOT_SAID;
        Deadline deadline = deadline(FactType.DECLARED, occurredAtMs, null);
        FactNumbers numbers = FactNumbers.of(Fact.NOT_SAID, maxAgeMs, Map.of());
        return fact(FactType.DECLARED, occurredAtMs, attempt, deadline, texts(), numbers);
    }

    private Fact expected(Expected expected, long occurredAtMs, int attempt) {
        FactTexts texts = texts().reason(text("reason", expected.getReason()))
                .promisedBy(text("promisedBy", expected.getPromisedBy()));
        return awaiting(FactType.EXPECTED, occurredAtMs, attempt, expected.getDueAt(), texts);
    }

    private Fact deferred(Deferred deferred, long occurredAtMs, int attempt) {
        FactTexts texts = texts().waitingOn(text("waitingOn", deferred.getWaitingOn()));
        return awaiting(FactType.DEFERRED, occurredAtMs, attempt, deferred.getDueAt(), texts);
    }

    private Fact pending(Pending pending, long occurredAtMs, int attempt) {
        Deadline deadline = deadline(FactType.PENDING, occurredAtMs, pending.getDueAt());
        FactTexts texts = texts().externalId(text("externalId", pending.getExternalId()));
        FactNumbers numbers =
                FactNumbers.of(said(pending.getExpectedMembers()), said(pending.getDurationMs()), Map.of());
        return fact(FactType.PENDING, occurredAtMs, attempt, deadline, texts, numbers);
    }

    private Fact completed(Completed completed, long occurredAtMs, int attempt) {
        FactTexts texts = texts().outputHash(text("outputHash", completed.getOutputHash()));
        Subject subject = event.getSubject();
        long members = ParentKinds.include(subject.getKind())
                ? deadlines.demandsOn(subject).members(completed.getCounts())
                : Fact.NOT_SAID;
        FactNumbers numbers = FactNumbers.of(members, said(completed.getDurationMs()), counts(completed.getCounts()));
        if (texts.outputHash().isEmpty() && numbers.equals(FactNumbers.NONE)) {
            hollow();
        }
        return fact(FactType.COMPLETED, occurredAtMs, attempt, Deadline.NONE, texts, numbers);
    }

    /** A Completed that says nothing of its work may be one that did none. */
    private void hollow() {
        if (deadlines.demandsOn(event.getSubject()).expectsOutput()) {
            violations.add(new Violation(
                    ViolationType.HOLLOW,
                    numbered(),
                    "the Completed has neither durationMs nor counts nor outputHash; expected one of them, because"
                            + " expectsOutput of the policy says so"));
        }
    }

    private Fact failed(Failed failed, long occurredAtMs, int attempt) {
        FactType type = failed.getRetriable() ? FactType.RETRYING : FactType.FAILED;
        Deadline deadline = failed.getRetriable() ? deadline(type, occurredAtMs, null) : Deadline.NONE;
        FactTexts texts = texts().reason(text("reason", failed.getErrorType() + ": " + failed.getMessage()));
        FactNumbers numbers = FactNumbers.of(Fact.NOT_SAID, Fact.NOT_SAID, counts(failed.getCounts()));
        return fact(type, occurredAtMs, attempt, deadline, texts, numbers);
    }

    private Fact cancelled(Cancelled cancelled, long occurredAtMs, int attempt) {
        String reason = text("reason", cancelled.getReason() + " (" + cancelled.getActor() + ")");
        return ended(FactType.CANCELLED, occurredAtMs, attempt, reason);
    }

    private Fact awaiting(FactType type, long occurredAtMs, int attempt, Instant dueAt, FactTexts texts) {
        return fact(type, occurredAtMs, attempt, deadline(type, occurredAtMs, dueAt), texts, FactNumbers.NONE);
    }

    private Fact ended(FactType type, long occurredAtMs, int attempt, String reason) {
        return fact(type, occurredAtMs, attempt, Deadline.NONE, texts().reason(reason), FactNumbers.NONE);
    }

    private Optional<Fact> extended(Extended extended, long occurredAtMs, int attempt) {
        if (!isPossible(extended.getDueAt())) {
            return Optional.empty();
        }
        Deadline deadline = new Deadline(extended.getDueAt().toEpochMilli(), 0, "extended");
        FactTexts texts = texts().waitingOn(text("waitingOn", extended.getWaitingOn()));
        return Optional.of(fact(FactType.EXTENDED, occurredAtMs, attempt, deadline, texts, FactNumbers.NONE));
    }

    private Fact fact(
            FactType type, long occurredAtMs, int attempt, Deadline deadline, FactTexts texts, FactNumbers numbers) {
        FactEvent read = new FactEvent(event.getEventId(), appendedAtMs);
        return new Fact(type, attempt, occurredAtMs, read, parent(), deadline, texts, numbers);
    }

    private FactTexts texts() {
        return FactTexts.ofDetail(text("detail", event.getDetail()));
    }

    private Map<String, Long> counts(Map<String, Long> reported) {
        Map<String, Long> kept = CountTranslation.bounded(reported);
        if (kept.size() < reported.size()) {
            violations.add(new Violation(
                    ViolationType.TEXT_TRUNCATED, numbered(), CountTranslation.truncated(reported, kept)));
        }
        return kept;
    }

    private Deadline deadline(FactType type, long occurredAtMs, Instant dueAt) {
        return dueAt != null && isPossible(dueAt)
                ? deadlines.ofDueAt(event.getSubject(), type, dueAt.toEpochMilli())
                : deadlines.ofStatus(event.getSubject(), type, occurredAtMs);
    }

    private boolean isPossible(Instant dueAt) {
        long dueAtMs = dueAt.toEpochMilli();
        boolean possible = dueAtMs >= EARLIEST_MS && dueAtMs <= Times.plus(appendedAtMs, TWENTY_YEARS_MS);
        if (!possible) {
            violations.add(new Violation(
                    ViolationType.INVALID_DUE_AT,
                    numbered(),
                    "dueAt is " + dueAt
                            + "; expected a time between 2000 and 20 years from now; the window of the first"
                            + " matching policy applies, if any"));
        }
        return possible;
    }

    private String parent() {
        Subject parent = event.getParent();
        if (parent == null) {
            return "";
        }
        String key = SubjectKey.of(parent);
        boolean valid = canBeParent(parent) && !key.equals(SubjectKey.of(event.getSubject()));
        if (!valid) {
            violations.add(new Violation(
                    ViolationType.INVALID_SUBJECT,
                    numbered(),
                    "the parent '" + shorten(key)
                            + "' cannot be one; expected another subject of kind " + ParentKinds.NAMES
                            + ", with source, stage and id, whose key is at most " + SubjectRules.MAX_KEY_BYTES
                            + " bytes; the event counts without it"));
        }
        return valid ? key : "";
    }

    private String text(String name, String text) {
        if (text == null) {
            return "";
        }
        String kept = Texts.truncate(text, MAX_TEXT_BYTES);
        if (kept.length() < text.length()) {
            violations.add(new Violation(
                    ViolationType.TEXT_TRUNCATED,
                    numbered(),
                    name + " of " + text.getBytes(StandardCharsets.UTF_8).length + " bytes was cut; expected at most "
                            + MAX_TEXT_BYTES));
        }
        return kept;
    }
}
