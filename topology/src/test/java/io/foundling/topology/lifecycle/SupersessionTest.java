package io.foundling.topology.lifecycle;

import static io.foundling.topology.lifecycle.Decision.Supersession.NONE;
import static io.foundling.topology.lifecycle.Decision.Supersession.NOT_YET;
import static io.foundling.topology.lifecycle.Decision.Supersession.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An attempt that awaits when the next one begins. Proves rule L15. */
final class SupersessionTest {

    private static final long DAY_MS = 86_400_000;

    private final Lifecycle lifecycle = new Lifecycle(new LifecycleSettings(0, DAY_MS, DAY_MS, DAY_MS, 0));
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
            state = lifecycle.onEvent(state, arrival, moment, Parents.NONE).state();
        }
        return lifecycle.onSweep(state, new Moment(clockMs, 0, Delay.NONE), Parents.NONE);
    }

    @Test
    void shouldCountOnceTheClockIsPastTheNextBeginningAndTheGrace() {
        Fact first = fact(FactType.OPENED, 1, 10, "");
        Fact second = fact(FactType.OPENED, 2, 20, "");
        assertThat(decide(25, first, second).supersession()).isEqualTo(NOT_YET);
        assertThat(decide(25, first, second).dueMs()).isEqualTo(25);
        assertThat(decide(26, first, second).supersession()).isEqualTo(SUPERSEDED);
        assertThat(decide(99, first).supersession()).isEqualTo(NONE);
    }

    @Test
    void shouldNotCountWhenTheOutcomeArrivesOrAnotherTryWasPromised() {
        Fact first = fact(FactType.OPENED, 1, 10, "");
        Fact second = fact(FactType.OPENED, 2, 20, "");
        assertThat(decide(99, first, second, fact(FactType.COMPLETED, 1, 90, ""))
                        .supersession())
                .isEqualTo(NONE);
        assertThat(decide(99, first, second, fact(FactType.RETRYING, 1, 15, "")).supersession())
                .isEqualTo(NONE);
        assertThat(decide(99, fact(FactType.DECLARED, 1, 10, ""), second).supersession())
                .isEqualTo(NONE);
    }

    @Test
    void shouldNotCountWhenTheAttemptMovedToAnotherParent() {
        Fact first = fact(FactType.DEFERRED, 1, 10, "batch/s/t/1");
        assertThat(decide(99, first, fact(FactType.DEFERRED, 2, 20, "batch/s/t/2"))
                        .supersession())
                .isEqualTo(NONE);
        assertThat(decide(99, first, fact(FactType.DEFERRED, 2, 20, "batch/s/t/1"))
                        .supersession())
                .isEqualTo(SUPERSEDED);
        assertThat(decide(99, first, fact(FactType.DEFERRED, 2, 20, "")).supersession())
                .isEqualTo(SUPERSEDED);
    }
}
