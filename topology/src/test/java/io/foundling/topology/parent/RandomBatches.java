package io.foundling.topology.parent;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.DrawnEvent;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Draws what happened in a few batches, exports and records within ten minutes before the start. */
public final class RandomBatches {

    private static final int SPAN_MS = 600_000;
    private static final List<Subject> PARENTS = List.of(
            new Subject(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "1"),
            new Subject(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "10"),
            new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "1"));

    private final Random random;
    private final boolean numbered;
    private int events;

    public RandomBatches(Random random) {
        this.random = random;
        this.numbered = random.nextBoolean();
    }

    public List<DrawnEvent> draw() {
        List<DrawnEvent> drawn = new ArrayList<>();
        for (Subject parent : PARENTS) {
            boolean nested = random.nextInt(3) == 0;
            int facts = random.nextInt(5);
            for (int i = 0; i < facts; i++) {
                Optional<Subject> outer = nested ? Optional.of(PARENTS.get(0)) : Optional.empty();
                drawn.add(drawn(parent, outer.filter(subject -> !subject.equals(parent))));
            }
        }
        int records = 1 + random.nextInt(8);
        for (int i = 0; i < records; i++) {
            Subject record = new Subject(SubjectKind.RECORD, Events.SOURCE, Events.STAGE, "r" + i);
            int facts = 1 + random.nextInt(5);
            for (int j = 0; j < facts; j++) {
                boolean named = random.nextInt(5) > 0;
                drawn.add(drawn(
                        record, named ? Optional.of(PARENTS.get(random.nextInt(PARENTS.size()))) : Optional.empty()));
            }
        }
        return drawn;
    }

    /** Draws a batch that is opened again, with records that repeat their status in it. */
    public List<DrawnEvent> drawRepeats() {
        List<DrawnEvent> drawn = new ArrayList<>();
        Subject batch = new Subject(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "repeated");
        boolean cancelled = random.nextInt(4) == 0;
        drawn.add(drawn(batch, Optional.empty(), cancelled ? FactType.CANCELLED : FactType.COMPLETED, slot(30, 20), 1));
        drawn.add(drawn(batch, Optional.empty(), FactType.OPENED, slot(20, 15), 2));
        drawn.add(drawn(batch, Optional.empty(), FactType.COMPLETED, slot(15, 5), 2));
        for (int record = 0; record < 4; record++) {
            Subject member = new Subject(SubjectKind.RECORD, Events.SOURCE, Events.STAGE, "repeats" + record);
            int facts = 1 + random.nextInt(4);
            for (int i = 0; i < facts; i++) {
                FactType type = List.of(FactType.DEFERRED, FactType.DEFERRED, FactType.PENDING)
                        .get(random.nextInt(3));
                Optional<Subject> parent = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(batch);
                int attempt = numbered ? 1 + random.nextInt(6) / 5 : 0;
                drawn.add(drawn(member, parent, type, slot(40, 0), attempt));
            }
            if (random.nextInt(3) == 0) {
                drawn.add(drawn(member, Optional.empty(), FactType.FAILED, slot(10, 0), numbered ? 1 : 0));
            }
        }
        return drawn;
    }

    private Instant slot(int from, int to) {
        return LedgerHarness.START.minusSeconds(10L * (to + random.nextInt(from - to)));
    }

    private DrawnEvent drawn(Subject subject, Optional<Subject> parent) {
        FactType type = FactType.values()[random.nextInt(FactType.values().length - 1)];
        Instant at = LedgerHarness.START.minusMillis(random.nextInt(SPAN_MS / 10_000) * 10_000L);
        int attempt = numbered ? 1 + random.nextInt(3) : 0;
        return drawn(subject, parent, type, at, attempt);
    }

    private DrawnEvent drawn(Subject subject, Optional<Subject> parent, FactType type, Instant at, int attempt) {
        UUID id = new UUID(7, events++);
        Optional<Instant> dueAt = type == FactType.DEFERRED && random.nextInt(3) == 0
                ? Optional.of(at.plusSeconds(random.nextInt(200)))
                : Optional.empty();
        Events event = DrawnEvent.of(type, subject.getId())
                .kind(subject.getKind())
                .at(at)
                .eventId(id);
        parent.ifPresent(event::parent);
        dueAt.ifPresent(event::dueAt);
        if (attempt > 0) {
            event.attempt(attempt);
        }
        Fact fact = new Fact(
                type,
                attempt,
                at.toEpochMilli(),
                id,
                parent.map(SubjectKey::of).orElse(""),
                dueAt.map(due -> new Deadline(due.toEpochMilli(), 0, "dueAt")).orElse(Deadline.NONE),
                FactTexts.NONE,
                FactNumbers.NONE);
        Instant appendedAt = random.nextBoolean() ? at.plusSeconds(1) : LedgerHarness.START;
        return new DrawnEvent(SubjectKey.of(subject), event, fact, appendedAt);
    }
}
