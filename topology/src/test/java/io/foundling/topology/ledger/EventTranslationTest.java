package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.expected;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.Events.retired;
import static io.foundling.topology.harness.Events.retrying;
import static io.foundling.topology.harness.Events.skipped;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Completed;
import io.foundling.audit.Failed;
import io.foundling.audit.Skipped;
import io.foundling.audit.ViolationType;
import io.foundling.topology.harness.Events;
import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of one event before the lifecycle rules see it. Proves rules L1, L2, T3, T4, T5 and B4. */
final class EventTranslationTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);

    @Test
    void shouldGiveEachBodyItsFact() {
        // Given
        List<Events> events = List.of(
                declared("r"),
                expected("r"),
                opened("r"),
                deferred("r"),
                pending("r"),
                retrying("r"),
                completed("r"),
                failed("r"),
                skipped("r"),
                cancelled("r"),
                retired("r"),
                extended("r", START));

        // When
        List<FactType> types = events.stream()
                .map(event -> arrival(event).fact().orElseThrow().type())
                .toList();

        // Then
        assertThat(types)
                .containsExactly(
                        FactType.DECLARED,
                        FactType.EXPECTED,
                        FactType.OPENED,
                        FactType.DEFERRED,
                        FactType.PENDING,
                        FactType.RETRYING,
                        FactType.COMPLETED,
                        FactType.FAILED,
                        FactType.SKIPPED,
                        FactType.CANCELLED,
                        FactType.RETIRED,
                        FactType.EXTENDED);
        assertThat(arrival(annotated("r")).fact()).isEmpty();
    }

    @Test
    void shouldKeepTheAlphabeticallyFirst32Counts() {
        // Given
        Map<String, Long> counts = new HashMap<>(Map.of("x".repeat(257), 1L));
        for (int i = 10; i < 43; i++) {
            counts.put("rows" + i, (long) i);
        }

        // When
        Arrival completed = arrival(Events.of("r", new Completed("sha", 7L, counts)));
        Arrival failed = arrival(Events.of("r", new Failed("E", "m", false, Map.of("rows", 1L))));

        // Then
        Fact fact = completed.fact().orElseThrow();
        assertThat(fact.texts().outputHash()).isEqualTo("sha");
        assertThat(fact.numbers().durationMs()).isEqualTo(7);
        assertThat(fact.numbers().counts()).hasSize(32).containsKey("rows10").containsEntry("rows41", 41L);
        assertThat(fact.numbers().counts()).doesNotContainKey("rows42");
        assertThat(completed.violations()).extracting(Violation::type).containsExactly(ViolationType.TEXT_TRUNCATED);
        assertThat(failed.fact().orElseThrow().numbers().counts()).isEqualTo(Map.of("rows", 1L));
        assertThat(failed.violations()).isEmpty();
    }

    @Test
    void shouldNameTheTextThatWasCut() {
        // When
        Arrival skipped = arrival(Events.of("r", new Skipped("q".repeat(1_025))));

        // Then
        assertThat(skipped.violations())
                .extracting(Violation::message)
                .containsExactly("reason of 1025 bytes was cut; expected at most 1024");
    }

    @Test
    void shouldTakeANegativeNumberForNone() {
        // When
        Arrival completed = arrival(Events.of("r", new Completed(null, -1L, Map.of())));

        // Then
        assertThat(completed.fact().orElseThrow().numbers()).isEqualTo(FactNumbers.NONE);
    }

    @ParameterizedTest
    @CsvSource({"300000, 300000, 0", "300001, 0, 1", "-1, -1, 0"})
    void shouldReplaceATimeThatIsMoreThanMaxSkewAhead(long aheadMs, long keptMs, int violations) {
        // When
        Arrival arrival = arrival(deferred("r").at(START.plusMillis(aheadMs)));

        // Then
        assertThat(arrival.occurredAtMs()).isEqualTo(START.plusMillis(keptMs).toEpochMilli());
        assertThat(arrival.fact()).map(Fact::occurredAtMs).hasValue(arrival.occurredAtMs());
        assertThat(arrival.violations()).hasSize(violations);
    }

    @ParameterizedTest
    @ValueSource(longs = {60_000, 60_001, -300_000})
    void shouldSayHowLongAfterItHappenedAnEventWasAppended(long behindMs) {
        // When
        Arrival arrival = arrival(deferred("r").at(START.minusMillis(behindMs)));

        // Then
        assertThat(arrival.latenessMs()).isEqualTo(behindMs);
    }

    @ParameterizedTest
    @CsvSource({"946684800000, true", "946684799999, false"})
    void shouldTakeTimesFrom2000On(long occurredAtMs, boolean taken) {
        // When
        Arrival arrival = arrival(deferred("r").at(Instant.ofEpochMilli(occurredAtMs)));

        // Then
        assertThat(arrival.fact().isPresent()).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1"})
    void shouldTakeADueAtOfUpToTwentyYearsFromNow(long beyondMs, int violations) {
        // Given
        Instant latest = START.plus(Duration.ofDays(20 * 365));

        // When
        Arrival arrival = arrival(deferred("r").dueAt(latest.plusMillis(beyondMs)));

        // Then
        assertThat(arrival.violations()).hasSize(violations);
        assertThat(arrival.fact().orElseThrow().deadline().atMs())
                .isEqualTo(violations == 0 ? latest.toEpochMilli() : Times.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10000, 10000"})
    void shouldTakeAttemptNumbersFromOneToTenThousand(int attempt, int taken) {
        // When
        Arrival arrival = arrival(deferred("r").attempt(attempt));

        // Then
        assertThat(arrival.fact().orElseThrow().attempt()).isEqualTo(taken);
        assertThat(arrival.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1024, 0", "1025, 1"})
    void shouldTakeSubjectKeysOfUpTo1024Bytes(int bytes, int violations) {
        // Given
        String id = "x".repeat(bytes - Events.key("").length());

        // When
        Arrival arrival = arrival(deferred(id));

        // Then
        assertThat(arrival.violations()).hasSize(violations);
    }

    @ParameterizedTest
    @CsvSource({"512, 0", "513, 1"})
    void shouldCutTextsAt1024Bytes(int characters, int violations) {
        // When
        Arrival arrival = arrival(deferred("r").detail("ł".repeat(characters)));

        // Then
        assertThat(arrival.fact().orElseThrow().texts().detail()).isEqualTo("ł".repeat(512));
        assertThat(arrival.violations()).hasSize(violations);
    }

    @Test
    void shouldApplyNothingOfAnEventThatIsRejected() {
        // When
        Arrival arrival = arrival(deferred("r").attempt(-1).metadata("k", "v"));

        // Then
        assertThat(arrival.fact()).isEmpty();
        assertThat(arrival.metadata()).isEmpty();
        assertThat(arrival.violations())
                .extracting(Violation::type)
                .containsExactly(ViolationType.ATTEMPT_OUT_OF_RANGE);
    }

    private static Arrival arrival(Events event) {
        return new EventTranslation(
                        SETTINGS,
                        new PolicyDeadlines(SETTINGS.policies(), List.of()),
                        event.build(),
                        START.toEpochMilli(),
                        START.toEpochMilli())
                .arrival();
    }
}
