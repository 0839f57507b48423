package io.foundling.service.it.console;

import io.foundling.audit.Alert;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.audit.Violation;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.names.TopicNames;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A table, the topic it must agree with, and some of its columns as a reader of the topic would compute them.
 *
 * @param columns names, separated by commas
 * @param values of a record, in the order of the columns
 */
public record ExpectedTable<T extends SpecificRecord>(
        String table, String topic, boolean isCompacted, Class<T> type, String columns, Function<T, Object[]> values) {

    public static final List<ExpectedTable<?>> ALL = List.of(
            new ExpectedTable<>(
                    "disposition",
                    TopicNames.DISPOSITIONS,
                    true,
                    Disposition.class,
                    "kind, source, stage, id, parent_key, status, attempt, entered_ms, deadline_ms, declared, declared_ms,"
                            + " max_age_ms, active_since_ms, end_status, end_ms, marks, open_marks",
                    ExpectedDisposition::columns),
            new ExpectedTable<>(
                    "orphan",
                    TopicNames.ORPHANS,
                    true,
                    OrphanWarning.class,
                    "stage, reason, starts_ms, unknown",
                    value -> new Object[] {
                        value.getSubject().getStage(),
                        value.getReason().name(),
                        value.getStartsAt().toEpochMilli(),
                        value.getUnknown()
                    }),
            new ExpectedTable<>(
                    "settlement",
                    TopicNames.SETTLEMENTS,
                    true,
                    Settlement.class,
                    "parent_key, version, returned, orphaned",
                    value -> new Object[] {
                        key(value.getParent()),
                        value.getVersion(),
                        value.getReturned().get("COMPLETED"),
                        value.getOrphaned()
                    }),
            new ExpectedTable<>("alert", TopicNames.ALERTS, true, Alert.class, "status, source, subjects", value ->
                    new Object[] {value.getStatus().name(), "university", value.getCount()}),
            new ExpectedTable<>(
                    "reconciliation",
                    TopicNames.RECONCILIATIONS,
                    true,
                    Reconciliation.class,
                    "scope_key, status, run_date",
                    value -> new Object[] {
                        key(value.getScope()),
                        value.getCheck().getStatus().name(),
                        value.getCheck().getRunDate().toString()
                    }),
            new ExpectedTable<>(
                    "clock",
                    TopicNames.CLOCKS,
                    true,
                    ClockReport.class,
                    "task, delay_ms, clock_ms, held",
                    value -> new Object[] {
                        value.getTask(), value.getDelay(), ExpectedDisposition.ms(value.getClock()), value.getHeld()
                    }),
            new ExpectedTable<>(
                    "event",
                    TopicNames.EVENTS,
                    false,
                    AuditEvent.class,
                    "subject_key, fact, parent_key, occurred_ms",
                    value -> new Object[] {
                        key(value.getSubject()),
                        value.getBody().getClass().getSimpleName(),
                        key(value.getParent()),
                        value.getOccurredAt().toEpochMilli()
                    }),
            new ExpectedTable<>(
                    "violation",
                    TopicNames.VIOLATIONS,
                    false,
                    Violation.class,
                    "subject_key, type",
                    value -> new Object[] {
                        key(value.getSubject()), value.getType().name()
                    }));

    static String key(Subject subject) {
        return subject == null ? null : SubjectKey.of(subject);
    }

    Row row(T value) {
        return new Row(Arrays.stream(values.apply(value)).map(Row::plain).toList(), value);
    }
}
