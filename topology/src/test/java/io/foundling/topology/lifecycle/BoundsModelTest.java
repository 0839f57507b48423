package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.naive.model.NaiveBounds;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Subjects with more facts than are kept, step by step as a second implementation of the bounds has it. A failure names the
 * seed. Proves rules B1, B2 and B3.
 */
final class BoundsModelTest {

    private static final int SEEDS = Integer.getInteger("scenarios", 100);
    private static final List<FactType> TYPES = List.of(
            FactType.EXPECTED,
            FactType.OPENED,
            FactType.DEFERRED,
            FactType.PENDING,
            FactType.PENDING,
            FactType.RETRYING,
            FactType.COMPLETED,
            FactType.FAILED,
            FactType.SKIPPED,
            FactType.CANCELLED,
            FactType.RETIRED);

    @Test
    void shouldKeepWhatTheNaiveBoundsKeepWhateverIsRead() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RuledSubject subject = new RuledSubject(new NaiveSettings(0, 0));
            NaiveBounds naive = new NaiveBounds();
            int read = 0;
            for (NaiveEvent event : events(new Random(seed))) {
                subject.arrive(event, NaiveMoment.unset());
                naive.read(event.fact().orElseThrow());
                String step = "seed " + seed + ", event " + read++;
                assertThat(subject.state().facts()).as(step).isEqualTo(naive.facts());
                assertThat(subject.state().collapsed().throughAttempt())
                        .as(step)
                        .isEqualTo(naive.collapsed());
                assertThat(subject.reportedViolations().contains(new NaiveViolation(0, ViolationType.TOO_LATE)))
                        .as(step)
                        .isEqualTo(naive.hasBeenTooLate());
            }
        }
    }

    /** 65 to 300 facts of one to many attempts, in order or not, some of them out of range, some of them twice. */
    private static List<NaiveEvent> events(Random random) {
        int count = 65 + random.nextInt(236);
        int attempts = 1 + random.nextInt(random.nextBoolean() ? 3 : 120);
        int types = 1 + random.nextInt(TYPES.size());
        List<NaiveEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(30) == 0
                    ? 1 + random.nextInt(400)
                    : 1 + Math.min(attempts - 1, i * attempts / count + random.nextInt(3));
            long atMs = 10_000 + i * 100L + random.nextInt(300);
            FactType type = TYPES.get(random.nextInt(types));
            NaiveEventDraft draft = NaiveEventDraft.of(type, atMs).id(random.nextLong(), random.nextLong());
            if (type.awaits() && random.nextBoolean()) {
                draft.due(atMs + random.nextInt(1 + random.nextInt(20_000))).grace(random.nextInt(50));
            }
            events.add(draft.attempt(number)
                    .parent(random.nextInt(4) == 0 ? "batch/s/t/" + random.nextInt(2) : "")
                    .event());
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(events, random);
        }
        for (int i = count / 8; i > 0; i--) {
            events.add(random.nextInt(events.size()), events.get(random.nextInt(events.size())));
        }
        return events;
    }
}
