package io.foundling.demo;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Files that one service extracts and another one parses: nobody ever takes the second file up. */
final class HandOverPlay {

    private static final Duration EXTRACTED = Duration.ofMillis(1_500);
    private static final Duration PARSED = Duration.ofMillis(2_700);

    private static final Subject FIRST_EXTRACTED = file("extract", "1");
    private static final Subject FIRST_PARSED = file("parse", "1");
    private static final Subject SECOND_EXTRACTED = file("extract", "2");

    /** What is completed. */
    static final List<Subject> COMPLETED = List.of(FIRST_EXTRACTED, FIRST_PARSED, SECOND_EXTRACTED);

    /** What nobody reports. */
    static final Subject NEVER_BEGAN = file("parse", "2");

    private final Reporter reporter;
    private final LedgerView view;
    private final Screen screen;

    HandOverPlay(Reporter reporter, LedgerView view, Screen screen) {
        this.reporter = reporter;
        this.view = view;
        this.screen = screen;
    }

    private static Subject file(String stage, String id) {
        return new Subject(SubjectKind.RECORD, "university", stage, "file-" + id);
    }

    /** Returns a future that completes once the story has ended. */
    CompletableFuture<Void> play(ExecutorService thread, long beginNanos) {
        return new Course(thread, beginNanos)
                .at(EXTRACTED, () -> {
                    reporter.on(FIRST_EXTRACTED).completed();
                    say(FIRST_EXTRACTED, "is extracted");
                    reporter.on(SECOND_EXTRACTED).completed();
                    say(SECOND_EXTRACTED, "is extracted, and never handed over to be parsed");
                })
                .at(PARSED, () -> {
                    reporter.on(FIRST_PARSED).completed();
                    say(FIRST_PARSED, "is parsed");
                })
                .after(() -> view.warned(SubjectKey.of(NEVER_BEGAN)), Duration.ZERO, () -> {})
                .end();
    }

    private void say(Subject file, String text) {
        screen.event(LineKind.PIPELINE, ShortName.of(file), text);
    }
}
