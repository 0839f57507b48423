package io.foundling.demo;

import io.foundling.audit.Subject;
import io.foundling.client.EventDraft;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Plays the story of one record of a batch. Times count from the moment the batch is opened. */
final class RecordPlay {

    private static final Duration A_MOMENT = Duration.ofMillis(500);
    /** More than allowedLag: less is two clocks, and no step back. */
    private static final Duration LONGER_THAN_CLOCKS_DIFFER = Duration.ofMillis(1_500);

    /** More than the 64 facts that are kept of a subject. */
    private static final int HEARTBEATS = 70;

    private static final Duration BETWEEN_HEARTBEATS = Duration.ofMillis(150);
    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration OWN_DEADLINE = Duration.ofMillis(3_000);
    private static final Duration AFTER_A_WARNING = Duration.ofMillis(1_500);
    private static final Duration SPOOL_DELIVERED = Duration.ofMillis(9_000);
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(1_000);

    private final Reporter reporter;
    private final LedgerView view;
    private final Screen screen;
    private final Subject batch;
    private final Subject record;
    private final Instant begin;
    private final Duration deferred;
    private final Duration submitted;
    private final Duration answered;

    /** @param place of the record in its batch, from 0: the later, the later things happen to it */
    RecordPlay(
            Reporter reporter,
            LedgerView view,
            Screen screen,
            Subject batch,
            Subject record,
            int place,
            Instant begin) {
        this.reporter = reporter;
        this.view = view;
        this.screen = screen;
        this.batch = batch;
        this.record = record;
        this.begin = begin;
        deferred = Duration.ofMillis(200 + 60L * place);
        submitted = Duration.ofMillis(2_500 + 40L * place);
        answered = Duration.ofMillis(4_200 + 100L * place);
    }

    void play(Story story, Course course) {
        switch (story) {
            case BACKFILLED -> backfilled(course);
            case SUBMITTED_LATE -> submittedLate(defers(course));
            case FORGOTTEN ->
                course.at(deferred, () -> {
                    event().deferred(begin.plus(OWN_DEADLINE));
                    say("is deferred, then forgotten: it will never be submitted");
                });
            case EXTENDED -> extended(course);
            case RACED -> raced(course);
            case RESTARTED -> restarted(course);
            case KEPT_ALIVE -> keptAlive(course);
            default -> submitted(story, defers(course).at(submitted, this::submit));
        }
    }

    private Course defers(Course course) {
        return course.at(deferred, () -> event().deferred());
    }

    private void submitted(Story story, Course course) {
        switch (story) {
            case RETURNS -> course.at(answered, this::complete);
            case LOST -> course.after(A_MOMENT, () -> say("is submitted, then lost: the bank will never answer"));
            case REPORTED_TWICE ->
                course.at(answered, () -> {
                    reporter.completedTwice(record, batch);
                    say("comes back and is reported twice");
                });
            case LATE ->
                course.after(this::warned, AFTER_A_WARNING, () -> {
                    complete();
                    say("comes back too late");
                });
            case MISSED ->
                course.after(this::named, AFTER_A_WARNING, () -> {
                    complete();
                    say("comes back after its batch was settled");
                });
            case SPOOLED ->
                course.after(this::warned, AFTER_A_WARNING, () -> {
                    event().occurredAt(begin.plus(answered)).completed();
                    say("came back in time, but the report arrives only now");
                });
            case RETRIED -> retried(course);
            case CONTRADICTED ->
                course.at(answered, this::complete).after(A_MOMENT, () -> {
                    event().failed("REJECTED", "the account is closed", false);
                    say("is reported as completed, then as failed");
                });
            case STEPPED_BACK ->
                course.after(LONGER_THAN_CLOCKS_DIFFER, () -> {
                            event().deferred();
                            say("is reported as deferred after it was submitted");
                        })
                        .at(answered, this::complete);
            default -> {}
        }
    }

    private void retried(Course course) {
        course.at(answered, () -> {
                    event().failed("TIMEOUT", "no answer from the bank", true);
                    say("has failed; another try follows");
                })
                .after(A_MOMENT, () -> event().deferred())
                .after(A_MOMENT, this::submit)
                .after(A_MOMENT, this::complete);
    }

    private void submittedLate(Course course) {
        course.after(this::warned, AFTER_A_WARNING, () -> {
                    submit();
                    say("is submitted too late");
                })
                .after(AFTER_A_WARNING, this::complete);
    }

    private void extended(Course course) {
        course.at(deferred, () -> alone().deferred())
                .at(submitted, () -> {
                    alone().extended(begin.plusSeconds(14));
                    say("may wait longer: its deadline is extended");
                })
                .at(Duration.ofMillis(8_500), () -> submit(alone()))
                .after(AFTER_A_WARNING, () -> alone().completed());
    }

    private void raced(Course course) {
        course.at(submitted, () -> {
            Instant now = Instant.now();
            event().occurredAt(now).completed();
            event().occurredAt(now.plusMillis(20)).deferred();
            say("is completed, and only then reported as deferred, by another clock");
        });
    }

    private void restarted(Course course) {
        course.at(deferred, () -> {
                    alone().deferred();
                    say("is deferred by a job that is then killed without a word");
                })
                .after(this::warned, AFTER_A_WARNING, () -> {
                    alone().deferred();
                    say("is deferred again by the job that was started anew");
                })
                .after(AFTER_A_WARNING, () -> alone().completed());
    }

    private void keptAlive(Course course) {
        course.at(deferred, () -> {
            alone().deferred();
            say("extends its deadline " + HEARTBEATS + " times, as a job does that is alive");
        });
        for (int beat = 0; beat < HEARTBEATS; beat++) {
            course.after(
                    BETWEEN_HEARTBEATS, () -> alone().extended(Instant.now().plus(LEASE)));
        }
        course.after(BETWEEN_HEARTBEATS, () -> {
            alone().completed();
            say("is completed after its last heartbeat");
        });
    }

    private void backfilled(Course course) {
        Instant submission = begin.plus(submitted);
        course.at(SPOOL_DELIVERED, () -> {
                    event().occurredAt(begin.plus(deferred)).deferred();
                    say("is reported only now, fact by fact, after its deadlines");
                })
                .after(BETWEEN_PIECES, () -> event().occurredAt(submission).pending(submission, submission))
                .after(
                        BETWEEN_PIECES,
                        () -> event().occurredAt(begin.plus(answered)).completed());
    }

    private void submit() {
        submit(event());
    }

    private static void submit(EventDraft event) {
        Instant now = Instant.now();
        event.pending(now.minusMillis(20), now);
    }

    private void complete() {
        event().completed();
    }

    private EventDraft event() {
        return alone().parent(batch);
    }

    private EventDraft alone() {
        return reporter.on(record);
    }

    private CompletableFuture<Void> warned() {
        return view.warned(SubjectKey.of(record));
    }

    private CompletableFuture<Void> named() {
        return view.settlements().named(SubjectKey.of(record));
    }

    private void say(String what) {
        screen.event(LineKind.PIPELINE, ShortName.of(record), what);
    }
}
