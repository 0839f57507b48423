package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Deferred;
import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;

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

    static void runBatch(
            Subject batch,
            List<Subject> members,
            Instant nextRun,
            Instant submittedAt,
            Instant answeredAt,
            Logger log) {
        try (AuditRecorder recorder = AuditRecorder.fromEnvironment()) {
            recorder.opened(batch);
            for (Subject member : members) {
                recorder.on(member).parent(batch).deferred(nextRun);
            }
            recorder.pending(batch, submittedAt, answeredAt);
            recorder.completed(batch);
            if (!recorder.flush(Duration.ofSeconds(30))) {
                log.warn("audit events of {} are still on their way", batch.getId());
            }
        }
    }

    static void test(Consumer<AuditRecorder> service, Subject record) {
        InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
        service.accept(recorder);
        assertThat(recorder.bodies(Deferred.class)).hasSize(3);
        assertThat(recorder.last().getSubject()).isEqualTo(record);
    }
}
