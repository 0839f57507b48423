package io.foundling.client;

import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Instant;
import java.util.Map;

/** The examples of the README, so that they compile; never run. */
final class ReadmeExamples {

    private ReadmeExamples() {}

    static void report(Instant nextRun, Instant submittedAt, Instant answeredAt) {
        Subject record = new Subject(SubjectKind.RECORD, "university", "declaration", "4711");
        Subject batch = new Subject(SubjectKind.BATCH, "university", "declaration", "2026-09-01");

        try (AuditRecorder recorder = AuditRecorder.fromEnvironment()) {
            recorder.deferred(record, nextRun);
            recorder.on(record).parent(batch).metadata("faculty", "law").pending(submittedAt, answeredAt);
            recorder.on(record).parent(batch).attempt(2).detail("2026-09").completed(Map.of("rows", 17L));
        }
    }

    static void submit(AuditRecorder recorder, Subject batch, Instant submittedAt, Instant answeredAt) {
        Pending submission = Pending.newBuilder()
                .setStartedAt(submittedAt)
                .setCompletedAt(answeredAt)
                .setDurationMs(250)
                .setExternalId("job-12")
                .setExpectedMembers(340L)
                .build();
        recorder.pending(batch, submission);
    }
}
