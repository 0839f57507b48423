package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.Decision.Superseded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An attempt that awaits when the next one begins. Proves rule L15. */
final class SupersessionTest {

    private static final long DAY_MS = 86_400_000;
    private static final String KEY = "record/s/t/1";
    private static final Superseded NONE = new Superseded(0, 0);
    private static final Superseded NOT_YET = new Superseded(0, 1);
    private static final Superseded SUPERSEDED = new Superseded(1, 1);

    private final Lifecycle lifecycle = new Lifecycle(new LifecycleSettings(0, DAY_MS, DAY_MS, DAY_MS, 0, 0, 0));
    private int events;

    private Fact fact(FactType type, int attempt, long atMs, String parent) {
        UUID id = new UUID(1, events++);
        return new Fact(
                type, attempt, atMs, id, parent, new Deadline(Times.NEVER, 5, ""), FactTexts.NONE, FactNumbers.NONE);
    }

    private Decision decide(long clockMs, Fact... facts) {
        Disposition state = Disposition.NONE;
        for (Fact fact : facts) {
            Arrival arrival = new Arrival(
                    Optional.of(fact),
                    fact.eventId(),
                    fact.attempt(),
                    fact.occurredAtMs(),
                    Map.of(),
                    List.of(),
                    fact.occurredAtMs());
            Moment moment = new Moment(Moment.UNSET, 0, Delay.NONE);
            state = lifecycle.onEvent(KEY, state, arrival, moment, Parents.NONE).state();
        }
        return lifecycle.onSweep(KEY, state, new Moment(clockMs, 0, Delay.NONE), Parents.NONE);
    }

    @Test
    void shouldCountOnceTheClockIsPastTheNextBeginningAndTheGrace() {
        Fact first = fact(FactType.OPENED, 1, 10, "");
        Fact second = fact(FactType.OPENED, 2, 20, "");
        assertThat(decide(25, first, second).superseded()).isEqualTo(NOT_YET);
        assertThat(decide(25, first, second).dueMs()).isEqualTo(25);
        assertThat(decide(26, first, second).superseded()).isEqualTo(SUPERSEDED);
        assertThat(decide(99, first).superseded()).isEqualTo(NONE);
    }

    @Test
    void shouldNotCountWhenTheOutcomeArrivesOrAnotherTryWasPromised() {
        Fact first = fact(FactType.OPENED, 1, 10, "");
        Fact second = fact(FactType.OPENED, 2, 20, "");
        assertThat(decide(99, first, second, fact(FactType.COMPLETED, 1, 90, ""))
                        .superseded())
                .isEqualTo(NONE);
        assertThat(decide(99, first, second, fact(FactType.RETRYING, 1, 15, "")).superseded())
                .isEqualTo(NONE);
        assertThat(decide(99, fact(FactType.DECLARED, 1, 10, ""), second).superseded())
                .isEqualTo(NONE);
    }

    @Test
    void shouldNotCountWhenTheAttemptMovedToAnotherParent() {
        Fact first = fact(FactType.DEFERRED, 1, 10, "batch/s/t/1");
        assertThat(decide(99, first, fact(FactType.DEFERRED, 2, 20, "batch/s/t/2"))
                        .superseded())
                .isEqualTo(NONE);
        assertThat(decide(99, first, fact(FactType.DEFERRED, 2, 20, "batch/s/t/1"))
                        .superseded())
                .isEqualTo(SUPERSEDED);
        assertThat(decide(99, first, fact(FactType.DEFERRED, 2, 20, "")).superseded())
                .isEqualTo(SUPERSEDED);
    }

    @Test
    void shouldCountEachAttemptOfAChain() {
        Fact first = fact(FactType.OPENED, 1, 10, "");
        Fact second = fact(FactType.OPENED, 2, 20, "");
        Fact third = fact(FactType.OPENED, 4, 30, "");
        assertThat(decide(30, first, second, third).superseded()).isEqualTo(new Superseded(1, 2));
        assertThat(decide(30, first, second, third).dueMs()).isEqualTo(35);
        assertThat(decide(36, first, second, third).superseded()).isEqualTo(new Superseded(2, 2));
        assertThat(decide(36, first, second, third, fact(FactType.COMPLETED, 1, 90, ""))
                        .superseded())
                .isEqualTo(SUPERSEDED);
    }
}
