package io.foundling.console.pages;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Subject;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was found of the rows: alerts, violations, dead letters, and the clocks of three tasks. */
final class PagesFindings {

    private final PagesRig rig;
    private final Instant now;

    PagesFindings(PagesRig rig) {
        this.rig = rig;
        now = rig.now();
    }

    void write() {
        alerts();
        findings();
        clocks();
    }

    private Instant ago(long minutes) {
        return now.minus(Duration.ofMinutes(minutes));
    }

    private void alerts() {
        Map<String, Alert> all = new LinkedHashMap<>();
        AlertType[] types = {
            AlertType.ORPHANED,
            AlertType.SETTLEMENT,
            AlertType.STALE_SCOPE,
            AlertType.SILENT_SOURCE,
            AlertType.VIOLATIONS
        };
        for (int i = 0; i < 20; i++) {
            boolean isFiring = i < 6;
            String source = i == 3 ? "library" : PagesRows.SOURCES.get(i % 2);
            all.put(
                    types[i % 5] + "/" + source + "/" + i,
                    Alert.newBuilder()
                            .setType(types[i % 5])
                            .setStatus(isFiring ? AlertStatus.FIRING : AlertStatus.RESOLVED)
                            .setCount(i == 3 ? 1 : 3L + i * 2)
                            .setSamples(List.of("record/" + source + "/declaration/" + (48_801_961 + i)))
                            .setLabels(Map.of("source", source, "stage", "declaration", "severity", "warning"))
                            .setAnnotations(Map.of(
                                    "summary",
                                    "Declarations of " + source + " did not come back in time",
                                    "team",
                                    "enrolment"))
                            .setStartsAt(ago(30 + i * 300L))
                            .setEndsAt(isFiring ? null : ago(i * 200L))
                            .build());
        }
        rig.write(Tables.ALERT, all);
    }

    private void findings() {
        for (int i = 0; i < 20; i++) {
            Subject subject = PagesRows.subject(i);
            rig.append(
                    Tables.VIOLATION,
                    SubjectKey.of(subject),
                    List.of(Violation.newBuilder()
                            .setType(i % 2 == 0 ? ViolationType.CONFLICTING_OUTCOME : ViolationType.FUTURE_TIMESTAMP)
                            .setSubject(subject)
                            .setAttempt(1)
                            .setMessage(
                                    "the attempt is COMPLETED since 2026-11-29T08:00:00Z, and the event says FAILED")
                            .setEventId(UUID.randomUUID())
                            .setOccurredAt(ago(i * 90L))
                            .setTopic("audit.events.university")
                            .setPartition(i % 6)
                            .setOffset(88_000L + i)
                            .setService("enrolment")
                            .setInstance("enrolment-7d9f-x2")
                            .build()),
                    List.of(ago(i * 90L)));
            rig.append(
                    Tables.DEAD_LETTER,
                    SubjectKey.of(subject),
                    List.of(new DeadLetter(
                            i % 3 == 0 ? "WRONG_PARTITION" : "UNDECODABLE",
                            "the bytes name schema 417, which the registry does not have",
                            "audit.events.university",
                            i % 6,
                            91_000L + i,
                            312,
                            "{\"id\":1}".getBytes(StandardCharsets.UTF_8))),
                    List.of(ago(i * 100L)));
        }
    }

    private void clocks() {
        Map<String, ClockReport> all = new LinkedHashMap<>();
        for (int task = 0; task < 3; task++) {
            all.put("0_" + task + "/", clock("0_" + task, "", 0));
            for (String source : PagesRows.SOURCES) {
                all.put("0_" + task + "/" + source, clock("0_" + task, source, source.equals("billing") ? 95_000 : 0));
            }
        }
        rig.write(Tables.CLOCK, all);
    }

    private ClockReport clock(String task, String source, long delayMs) {
        return ClockReport.newBuilder()
                .setTask(task)
                .setSource(source)
                .setClock(now.minusSeconds(7))
                .setDelay(delayMs)
                .setHeld(delayMs > 0 ? 14 : 0)
                .setRate(source.equals("library") ? 0 : 412.5)
                .setReportedAt(now.minusSeconds(4))
                .build();
    }
}
