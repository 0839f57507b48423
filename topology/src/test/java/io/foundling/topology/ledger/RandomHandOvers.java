package io.foundling.topology.ledger;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.DrawnEvent;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Draws what a few subjects reported in three stages within ten minutes before the start. */
public final class RandomHandOvers {

    static final List<String> STAGES = List.of("extract", "parse", "load");

    private static final List<FactType> TYPES = List.of(
            FactType.EXPECTED,
            FactType.OPENED,
            FactType.OPENED,
            FactType.DEFERRED,
            FactType.PENDING,
            FactType.PENDING,
            FactType.RETRYING,
            FactType.COMPLETED,
            FactType.COMPLETED,
            FactType.COMPLETED,
            FactType.FAILED,
            FactType.SKIPPED,
            FactType.CANCELLED,
            FactType.RETIRED);

    private final Random random;
    private final boolean numbered;
    private int events;

    public RandomHandOvers(Random random) {
        this.random = random;
        this.numbered = random.nextBoolean();
    }

    public List<DrawnEvent> draw() {
        List<DrawnEvent> drawn = new ArrayList<>();
        for (int id = 0; id < 4; id++) {
            SubjectKind kind = random.nextBoolean() ? SubjectKind.RECORD : SubjectKind.OPERATION;
            for (String stage : STAGES) {
                int facts = random.nextInt(stage.equals("extract") ? 6 : 4);
                for (int i = 0; i < facts; i++) {
                    drawn.add(drawn(new Subject(kind, Events.SOURCE, stage, "r" + id)));
                }
            }
        }
        return drawn;
    }

    private DrawnEvent drawn(Subject subject) {
        FactType type = TYPES.get(random.nextInt(TYPES.size()));
        Instant at = LedgerHarness.START.minusSeconds(10L * random.nextInt(60));
        UUID id = new UUID(7, events++);
        int attempt = numbered ? 1 + random.nextInt(3) : 0;
        Events event = DrawnEvent.of(type, subject.getId())
                .kind(subject.getKind())
                .stage(subject.getStage())
                .at(at)
                .eventId(id);
        if (attempt > 0) {
            event.attempt(attempt);
        }
        Instant appendedAt = random.nextBoolean() ? at.plusSeconds(1) : LedgerHarness.START;
        FactEvent read = new FactEvent(id, appendedAt.toEpochMilli());
        Fact fact =
                new Fact(type, attempt, at.toEpochMilli(), read, "", Deadline.NONE, FactTexts.NONE, FactNumbers.NONE);
        return new DrawnEvent(SubjectKey.of(subject), event, fact, appendedAt);
    }
}
