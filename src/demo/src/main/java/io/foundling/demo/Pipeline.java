package io.foundling.demo;

import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The live pipeline: opens a batch of records every few seconds and plays their stories, all on one thread. */
final class Pipeline implements AutoCloseable {

    static final Duration BETWEEN_BATCHES = Duration.ofSeconds(4);

    private static final String SOURCE = "university";
    private static final String STAGE = "declaration";
    private static final int RETURNING = 10;
    private static final Duration SUBMITTED = Duration.ofMillis(3_200);
    private static final Duration CLOSED = Duration.ofMillis(6_500);
    private static final Duration FOUL = Duration.ofMillis(3_000);

    private final Reporter reporter;
    private final FoulInput foulInput;
    private final Expectation expectation;
    private final LedgerView view;
    private final Screen screen;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread pipeline = new Thread(task, "demo-pipeline");
        pipeline.setDaemon(true);
        return pipeline;
    });

    Pipeline(Reporter reporter, FoulInput foulInput, Expectation expectation, LedgerView view, Screen screen) {
        this.reporter = reporter;
        this.foulInput = foulInput;
        this.expectation = expectation;
        this.view = view;
        this.screen = screen;
    }

    /** Starts the stories and returns a future that completes once all have ended. */
    CompletableFuture<Void> start(Duration duration) {
        long batches = Math.max(1, duration.toMillis() / BETWEEN_BATCHES.toMillis());
        long beginNanos = System.nanoTime();
        Instant begin = Instant.now();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int number = 1; number <= batches; number++) {
            Duration opened = BETWEEN_BATCHES.multipliedBy(number - 1L);
            batch(number, beginNanos + opened.toNanos(), begin.plus(opened), ends);
        }
        expectation.scope();
        ends.add(new ScopePlay(reporter, view.settlements(), screen).play(thread, beginNanos));
        expectation.volume();
        ends.add(new VolumePlay(reporter, view.settlements(), screen).play(thread, beginNanos, begin));
        expectation.handOvers();
        ends.add(new HandOverPlay(reporter, view, screen).play(thread, beginNanos));
        SilencePlay silence = new SilencePlay(reporter, view, screen);
        expectation.silence(silence.key());
        ends.add(silence.play(thread, beginNanos, begin));
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    private void batch(int number, long beginNanos, Instant begin, List<CompletableFuture<Void>> ends) {
        Subject batch = new Subject(SubjectKind.BATCH, SOURCE, "payment-run", Integer.toString(number));
        List<Story> stories = new ArrayList<>(Collections.nCopies(RETURNING, Story.RETURNS));
        stories.addAll(Story.ofBatch(number));
        expectation.batch();
        long members = stories.stream().filter(Story::isMember).count();
        ends.add(batchCourse(batch, members, beginNanos).end());
        for (int place = 0; place < stories.size(); place++) {
            String id = String.format(Locale.ROOT, "%d-%02d", number, place + 1);
            Subject record = new Subject(SubjectKind.RECORD, SOURCE, STAGE, id);
            expectation.record(SubjectKey.of(record), SubjectKey.of(batch), stories.get(place));
            Course course = new Course(thread, beginNanos);
            new RecordPlay(reporter, view, screen, batch, record, place, begin).play(stories.get(place), course);
            ends.add(course.end());
        }
        ends.add(new Course(thread, beginNanos).at(FOUL, () -> foul(number)).end());
    }

    private Course batchCourse(Subject batch, long records, long beginNanos) {
        String name = ShortName.of(batch);
        return new Course(thread, beginNanos)
                .at(Duration.ZERO, () -> {
                    reporter.on(batch).opened();
                    screen.event(LineKind.PIPELINE, name, "is opened, for " + records + " declarations");
                })
                .at(SUBMITTED, () -> {
                    reporter.on(batch).pending(submission(records));
                    screen.event(LineKind.PIPELINE, name, "is submitted to the bank");
                })
                .at(CLOSED, () -> {
                    reporter.on(batch).completed();
                    screen.event(LineKind.PIPELINE, name, "is completed");
                });
    }

    private static Pending submission(long records) {
        Instant now = Instant.now();
        return Pending.newBuilder()
                .setStartedAt(now.minusMillis(700))
                .setCompletedAt(now)
                .setDurationMs(700)
                .setExpectedMembers(records)
                .build();
    }

    private void foul(int number) {
        switch ((number - 1) % 4) {
            case 1 -> {
                expectation.violation(ViolationType.MISSING_ID);
                reporter.on(new Subject(SubjectKind.RECORD, SOURCE, STAGE, "")).completed();
                screen.event(LineKind.PIPELINE, "declaration ?", "is reported without an id");
            }
            case 2 -> {
                foulInput.garbage();
                foulInput.unknownSchema();
                screen.event(LineKind.PIPELINE, "another client", "writes bytes that are no audit event");
            }
            case 3 -> {
                foulInput.wrongPartition();
                screen.event(LineKind.PIPELINE, "another client", "writes an event to the wrong partition");
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
