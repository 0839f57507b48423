package io.foundling.topology.ledger;

import io.foundling.audit.AlertType;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.store.WithoutIds;
import io.foundling.topology.task.EventResult;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.TaskClock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Publishes violations and counts them by source and stage, for their alerts. Subjects that cannot be subjects are
 * counted together: whatever a producer sends must not make groups.
 */
final class ViolationReports {

    private static final int SAMPLES = 10;

    private final TaskClock clock;
    private final WithoutIds withoutIds;
    private final AccountStore accounts;
    private final Outbox outbox;
    private final LedgerListener listener;
    private final String task;

    ViolationReports(
            String task,
            TaskClock clock,
            WithoutIds withoutIds,
            AccountStore accounts,
            Outbox outbox,
            LedgerListener listener) {
        this.task = task;
        this.clock = clock;
        this.withoutIds = withoutIds;
        this.accounts = accounts;
        this.outbox = outbox;
        this.listener = listener;
        withoutIds.counts().forEach((origin, count) -> listener.withoutId(task, origin, count));
    }

    void add(AuditEvent event, List<Violation> violations, RecordMetadata position) {
        if (violations.isEmpty()) {
            return;
        }
        outbox.add(event, violations, position);
        violations.forEach(violation -> listener.violation(violation.type()));
        Subject subject = event.getSubject();
        boolean valid = SubjectRules.violation(subject).isEmpty();
        Group group = accounts.bounded(
                Group.of(AlertType.VIOLATIONS, valid ? subject.getSource() : "", valid ? subject.getStage() : ""));
        long count = accounts.add(group, violations.size(), clock.wallMs());
        if (valid && accounts.samples(group, count, SAMPLES).size() < SAMPLES) {
            accounts.sample(group, SubjectKey.of(subject), true);
        }
    }

    /** Counts an event whose subject has no id, so that totals stay right, and reports it. */
    EventResult addWithoutId(AuditEvent event, RecordMetadata position) {
        Subject subject = event.getSubject();
        Optional<Violation> invalid = SubjectRules.violation(subject);
        if (invalid.isPresent()) {
            add(event, List.of(invalid.get()), position);
            return EventResult.VIOLATION;
        }
        String body = event.getBody().getClass().getSimpleName();
        WithoutIds.EventOrigin origin = withoutIds.count(subject.getSource(), subject.getStage(), body);
        listener.withoutId(task, origin, withoutIds.count(origin));
        Violation violation = new Violation(
                ViolationType.MISSING_ID,
                0,
                "the subject of this " + body + " has no id; expected one; it is counted and has no disposition");
        add(event, List.of(violation), position);
        return EventResult.WITHOUT_ID;
    }
}
