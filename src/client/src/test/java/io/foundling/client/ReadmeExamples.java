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

    /** The service to which a batch is submitted, and which does not answer for every member. */
    interface Bank {

        void submit(List<Subject> members);

        List<Subject> awaitAnswers();
    }

    private ReadmeExamples() {}

    static void report(Instant nextRun, Instant submissionStart, Instant submissionEnd) {
        Subject record = new Subject(SubjectKind.RECORD, "university", "declaration", "4711");
        Subject batch = new Subject(SubjectKind.BATCH, "university", "payment-run", "2026-09-01");

        try (AuditRecorder recorder = AuditRecorder.fromEnvironment()) {
            recorder.deferred(record, nextRun);
            recorder.on(record).parent(batch).metadata("faculty", "law").pending(submissionStart, submissionEnd);
            recorder.on(record).parent(batch).detail("2026-09").completed(Map.of("rows", 17L));
        }
    }

    static void submit(AuditRecorder recorder, Subject batch, Instant submissionStart, Instant submissionEnd) {
        Pending submission = Pending.newBuilder()
                .setStartedAt(submissionStart)
                .setCompletedAt(submissionEnd)
                .setDurationMs(250)
                .setExternalId("job-12")
                .setExpectedMembers(340L)
                .build();
        recorder.pending(batch, submission);
    }

    static void runBatch(Subject batch, List<Subject> members, Instant nextRun, Bank bank, Logger log) {
        try (AuditRecorder recorder = AuditRecorder.fromEnvironment()) {
            recorder.opened(batch);
            for (Subject member : members) {
                recorder.on(member).parent(batch).deferred(nextRun);
            }
            Instant submissionStart = Instant.now();
            bank.submit(members);
            Instant submissionEnd = Instant.now();
            for (Subject member : members) {
                recorder.on(member).parent(batch).pending(submissionStart, submissionEnd);
            }
            recorder.pending(batch, submissionStart, submissionEnd);
            for (Subject member : bank.awaitAnswers()) {
                recorder.on(member).parent(batch).completed();
            }
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
