package io.foundling.bench.model;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.bench.Report;
import io.foundling.console.model.query.Awaiting;
import io.foundling.console.model.query.Classified;
import io.foundling.console.model.query.Counts;
import io.foundling.console.model.query.CountsOverTime;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Members;
import io.foundling.console.model.query.Orphans;
import io.foundling.console.model.query.Page;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.Question;
import io.foundling.console.model.query.ScopeSchedules;
import io.foundling.console.model.query.StageFilter;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Asks what pages and commands ask, each question again and again with other values. One thread. */
final class ModelQuestions {

    private static final int WARM_UP = 50;
    private static final int ROWS = 100;
    private static final long MAX_NS = 600_000_000_000L;
    private static final double NS_A_MS = 1e6;

    private final ModelLoad load;
    private final Queries queries;
    private final Instant now;
    private final Random random = new Random(20);

    ModelQuestions(ModelLoad load, Queries queries, Instant now) {
        this.load = load;
        this.queries = queries;
        this.now = now;
    }

    private Map<String, Runnable> questions() {
        Map<String, Runnable> questions = new LinkedHashMap<>();
        questions.put(
                "a single subject", () -> queries.disposition(load.key(any())).orElseThrow());
        questions.put("oldest 100 that await", () -> first(Awaiting.oldest(StageFilter.ALL)));
        questions.put("of a stage", () -> first(Awaiting.oldest(stage())));
        questions.put(
                "of a stage, in a rare status",
                () -> first(
                        new Awaiting(stage(), Optional.of(Status.PENDING), Optional.empty(), Awaiting.Order.OLDEST)));
        questions.put("in the middle of the list", this::middle);
        questions.put(
                "soonest deadlines of a source",
                () -> first(new Awaiting(
                        new StageFilter(Optional.of(ModelLoad.source(any())), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Awaiting.Order.SOONEST_DEADLINE)));
        questions.put("orphans of a stage", () -> first(Orphans.of(stage())));
        questions.put(
                "orphans of a stage in any source",
                () -> first(Orphans.of(new StageFilter(Optional.empty(), Optional.of(ModelLoad.stage(any()))))));
        questions.put(
                "orphans of a rare reason",
                () -> first(new Orphans(StageFilter.ALL, Optional.empty(), Optional.of(OrphanReason.PARENT_CLOSED))));
        questions.put(
                "orphans of a stage and a rare reason",
                () -> first(new Orphans(stage(), Optional.empty(), Optional.of(OrphanReason.PARENT_CLOSED))));
        questions.put(
                "orphans of a parent",
                () -> first(new Orphans(
                        StageFilter.ALL, Optional.of(SubjectKey.of(load.parent(any()))), Optional.empty())));
        questions.put(
                "members of a batch", () -> first(new Members(SubjectKey.of(load.parent(any())), Optional.empty())));
        questions.put(
                "counts",
                () -> queries.counts(new Counts(
                        StageFilter.ALL, List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7)), now)));
        questions.put(
                "counts over two days by the minute",
                () -> queries.counts(
                        CountsOverTime.of(StageFilter.ALL, now.minus(CountsOverTime.BY_THE_MINUTE), now, now)));
        questions.put("counts of 20,000 scopes by classification", () -> queries.scopes(classified(Set.of())));
        return questions;
    }

    private Classified classified(Set<io.foundling.console.model.query.Classification> looked) {
        return new Classified(StageFilter.ALL, looked, Optional.empty(), ScopeSchedules.NONE, now);
    }

    private int any() {
        return random.nextInt(load.subjects());
    }

    private StageFilter stage() {
        int number = any();
        return StageFilter.of(ModelLoad.source(number), ModelLoad.stage(number));
    }

    private void first(Question<?> question) {
        Page<?> page = queries.page(question, Optional.empty(), ROWS);
        if (page.rows().isEmpty()) {
            throw new IllegalStateException("nothing is found by " + question);
        }
    }

    private void middle() {
        int number = any();
        Cursor cursor = new Cursor(List.of(String.valueOf(load.entered(number).toEpochMilli()), load.key(number)));
        queries.page(Awaiting.oldest(StageFilter.ALL), Optional.of(cursor), ROWS);
    }

    /** Adds a row for each question. */
    void measure(Report report, String state, int times) {
        questions().forEach((name, question) -> {
            for (int i = 0; i < Math.min(times, WARM_UP); i++) {
                question.run();
            }
            Histogram histogram = new Histogram(MAX_NS, 3);
            for (int i = 0; i < times; i++) {
                long begunNs = System.nanoTime();
                question.run();
                histogram.recordValue(System.nanoTime() - begunNs);
            }
            report.row(
                    state,
                    name,
                    histogram.getValueAtPercentile(50) / NS_A_MS,
                    histogram.getValueAtPercentile(99) / NS_A_MS,
                    histogram.getMaxValue() / NS_A_MS);
        });
    }
}
