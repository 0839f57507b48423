package io.foundling.examples;

import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.EventDraft;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A job that moves a batch of grades to another system. The arguments are the ids of the grades. Two ids simulate a
 * fault: the grade {@code invalid} fails alone, and {@code down} ends the whole job.
 */
public final class BatchJob {

    private static final Subject BATCH = new Subject(SubjectKind.BATCH, "university", "grade-transfer", "2026-09-01");

    private final AuditRecorder recorder;

    private BatchJob(AuditRecorder recorder) {
        this.recorder = recorder;
    }

    public static void main(String[] arguments) {
        List<String> grades = arguments.length > 0 ? List.of(arguments) : List.of("anna", "bela", "invalid");
        boolean done;
        try (AuditRecorder recorder = recorderOrExit()) {
            done = new BatchJob(recorder).run(grades);
            // close() would wait too, but flush() returns whether the time was enough.
            System.out.println("all events written: " + recorder.flush(Duration.ofSeconds(30)));
        }
        System.exit(done ? 0 : 1);
    }

    /** Reports an outcome of the batch in any case, because only that closes the batch and reveals missing members. */
    private boolean run(List<String> grades) {
        EventDraft batch = recorder.on(BATCH);
        batch.opened();
        try {
            submit(grades);
            long moved = grades.stream().filter(this::move).count();
            batch.completed(Map.of("moved", moved));
            return true;
        } catch (IllegalStateException down) {
            // Not retriable, because the promise of another try would keep the batch open.
            batch.failed(down, false);
            System.out.println("batch failed: " + down.getMessage());
            return false;
        }
    }

    private void submit(List<String> grades) {
        Instant startedAt = Instant.now();
        grades.forEach(id -> member(id).deferred());
        Instant completedAt = Instant.now();
        recorder.pending(
                BATCH,
                Pending.newBuilder()
                        .setStartedAt(startedAt)
                        .setCompletedAt(completedAt)
                        .setDurationMs(Duration.between(startedAt, completedAt).toMillis())
                        .setExpectedMembers((long) grades.size())
                        .build());
    }

    private boolean move(String grade) {
        try {
            target(grade);
            member(grade).completed();
            System.out.println(grade + " moved");
            return true;
        } catch (IllegalArgumentException invalid) {
            member(grade).failed(invalid, false);
            System.out.println(grade + " failed: " + invalid.getMessage());
            return false;
        }
    }

    private EventDraft member(String grade) {
        return recorder.on(new Subject(SubjectKind.RECORD, "university", "grade", grade))
                .parent(BATCH);
    }

    private static void target(String grade) {
        if (grade.equals("invalid")) {
            throw new IllegalArgumentException("no such course");
        }
        if (grade.equals("down")) {
            throw new IllegalStateException("the target does not answer");
        }
    }

    /** Prints a problem with a setting or with the spool directory as one line without a stack trace. */
    private static AuditRecorder recorderOrExit() {
        try {
            return AuditRecorder.fromEnvironment();
        } catch (IllegalArgumentException | UncheckedIOException unusable) {
            System.err.println(unusable.getMessage());
            System.exit(2);
            throw unusable;
        }
    }
}
