package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Records that are deferred at an even rate, are due a second later, and come back only when all of them were lost. */
final class OrphanLoad {

    private static final Duration AWAITED = Duration.ofSeconds(1);

    /** How many stages each source has. */
    private static final Map<String, Integer> STAGES = stages();

    private final List<Stage> places = new ArrayList<>();
    private final int orphans;
    private final Consumer<AuditEvent> sink;

    /** One stage of one source. */
    record Stage(String source, String name) {}

    OrphanLoad(int orphans, Consumer<AuditEvent> sink) {
        this.orphans = orphans;
        this.sink = sink;
        STAGES.forEach((source, count) -> {
            for (int stage = 1; stage <= count; stage++) {
                places.add(new Stage(source, "stage-" + stage));
            }
        });
    }

    private static Map<String, Integer> stages() {
        Map<String, Integer> stages = new LinkedHashMap<>();
        stages.put("university", 4);
        stages.put("payroll", 3);
        stages.put("travel", 2);
        stages.put("library", 2);
        stages.put("housing", 1);
        return stages;
    }

    /** Returns the stages of all sources, in the order of the sources. */
    List<Stage> stagesOfSources() {
        return List.copyOf(places);
    }

    /** Defers all records, evenly over a time. */
    void defer(Duration time) {
        long begunNs = System.nanoTime();
        for (int number = 0; number < orphans; number++) {
            Pacing.await(begunNs + (long) (time.toNanos() * ((double) number / orphans)));
            Instant due = Instant.ofEpochMilli(Instant.now().plus(AWAITED).toEpochMilli());
            sink.accept(LedgerLoad.event(subject(number), null, number, new Deferred(due, null)));
        }
    }

    /** Completes all records as fast as they can be written. */
    void complete() {
        for (int number = 0; number < orphans; number++) {
            sink.accept(LedgerLoad.event(subject(number), null, number, new Completed(null, null, Map.of())));
        }
    }

    private Subject subject(int number) {
        Stage stage = places.get(number % places.size());
        return new Subject(SubjectKind.RECORD, stage.source(), stage.name(), "D-2026-" + (10_000_000 + number));
    }
}
