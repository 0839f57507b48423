package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.EventResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person asks to be forgotten. Proves rules L19 and R5. */
final class ErasureTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final Duration MEMORY = SETTINGS.retention().memory();
    private static final Map<String, Long> NOBODY = tally(0);
    private static final Map<String, Long> ONE_REMOVED = tally(1);

    private static Map<String, Long> tally(long removed) {
        return Map.of("known", removed, "awaiting", 0L, "outcomes", 0L, "retired", 0L, "removed", removed);
    }

    @Test
    void shouldTakeAwayWhatIsPublishedAndStored() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("anna-k").dueAt(START.plus(1, HOURS)).metadata("name", "anna-k"));
            ledger.send(completed("anna-k").attempt(1).number(1).at(START.minusSeconds(60)));
            ledger.send(opened("anna-k").attempt(2).dueAt(START.plus(1, HOURS)));
            ledger.send(deferred("anna-k").attempt(3).dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(2, HOURS));
            ledger.bothReach(START.plus(2, HOURS).plus(2, SECONDS));
            assertThat(ledger.orphans()).containsKey(Events.key("anna-k"));
            assertThat(ledger.alerts().values())
                    .anyMatch(alert -> alert.toString().contains("anna-k"));

            // When
            ledger.send(erased("anna-k").at(START.plus(2, HOURS)));
            ledger.bothReach(START.plus(2, HOURS).plus(5, SECONDS));
            ledger.bothReach(START.plus(2, HOURS).plus(8, SECONDS));

            // Then
            assertThat(ledger.dispositions()).isEmpty();
            assertThat(ledger.dispositionChanges())
                    .last()
                    .satisfies(change -> assertThat(change.value()).isEmpty());
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.orphanStory()).last().asString().contains("RECOVERY");
            assertThat(ledger.alerts().values())
                    .noneMatch(alert -> alert.toString().contains("anna-k"));
            assertThat(stored(ledger)).doesNotContain("anna-k");
            assertThat(subjects(ledger)).isEqualTo(ONE_REMOVED);
        }
    }

    @Test
    void shouldReviveNothingWhenEventsAreReadAgainOrLate() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("anna-k").dueAt(START.plus(1, HOURS)));
            ledger.send(erased("anna-k").at(START.plusSeconds(1)));
            int published = ledger.dispositionChanges().size();

            // When
            ledger.restart();
            ledger.send(deferred("anna-k").dueAt(START.plus(1, HOURS)));
            ledger.send(completed("anna-k").at(START.plusSeconds(2)).metadata("name", "anna-k"));
            ledger.send(annotated("anna-k").at(Instant.EPOCH).metadata("name", "anna-k"));
            ledger.send(erased("anna-k").at(START.plusSeconds(3)));
            ledger.bothReach(START.plus(2, HOURS));

            // Then
            assertThat(ledger.dispositionChanges()).hasSize(published);
            assertThat(ledger.orphanChanges()).isEmpty();
            assertThat(ledger.violations()).isEmpty();
            assertThat(stored(ledger)).doesNotContain("anna-k");
            assertThat(subjects(ledger)).isEqualTo(ONE_REMOVED);
            assertThat(ledger.listener().results())
                    .endsWith(
                            EventResult.DUPLICATE, EventResult.DUPLICATE, EventResult.DUPLICATE, EventResult.DUPLICATE);
        }
    }

    @Test
    void shouldEndInTheSameWhenTheErasureIsReadFirst() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            ledger.send(erased("anna-k").at(START.plusSeconds(1)));
            Map<String, Long> unknown = subjects(ledger);
            ledger.send(annotated("anna-k").metadata("name", "anna-k"));
            ledger.send(deferred("anna-k").dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(2, HOURS));

            // Then
            assertThat(unknown).isEqualTo(NOBODY);
            assertThat(ledger.dispositionChanges()).isEmpty();
            assertThat(ledger.orphanChanges()).isEmpty();
            assertThat(stored(ledger)).doesNotContain("anna-k");
            assertThat(subjects(ledger)).isEqualTo(ONE_REMOVED);
        }
    }

    @Test
    void shouldTakeEventsAgainOnceTheErasureIsForgotten() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("anna-k"));
            ledger.send(erased("anna-k").at(START.plusSeconds(1)));
            Instant end = START.plus(MEMORY);

            // When
            ledger.clockReaches(end);
            ledger.send(deferred("anna-k").number(1).at(end));
            boolean atTheEnd = ledger.dispositions().isEmpty();
            ledger.clockReaches(end.plusMillis(1));
            ledger.send(deferred("anna-k").number(2).at(end));

            // Then
            assertThat(atTheEnd).isTrue();
            assertThat(ledger.disposition("anna-k").getStatus()).isEqualTo(Status.DEFERRED);
            assertThat(stored(ledger)).doesNotContain("erased/");
        }
    }

    @Test
    void shouldEraseAStoneAndASubjectWithoutAStatus() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("anna-k"));
            ledger.bothReach(START.plus(2, DAYS));
            ledger.send(annotated("ben-l").metadata("name", "ben-l"));
            int published = ledger.dispositionChanges().size();

            // When
            ledger.send(erased("anna-k").at(START.plus(2, DAYS)));
            ledger.send(erased("ben-l").at(START.plus(2, DAYS)));

            // Then
            assertThat(ledger.dispositionChanges()).hasSize(published);
            assertThat(stored(ledger)).doesNotContain("anna-k").doesNotContain("ben-l");
            assertThat(subjects(ledger)).isEqualTo(ONE_REMOVED);
        }
    }

    @Test
    void shouldTakeItsKeyFromTheAlertAboutViolations() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("anna-k"));
            ledger.send(Events.failed("anna-k").at(START.plusSeconds(1)));
            ledger.bothReach(START.plus(3, SECONDS));
            ledger.bothReach(START.plus(6, SECONDS));
            assertThat(ledger.alerts().values())
                    .anyMatch(alert -> alert.toString().contains("anna-k"));

            // When
            ledger.send(erased("anna-k").at(START.plusSeconds(6)));
            ledger.bothReach(START.plus(10, SECONDS));
            ledger.bothReach(START.plus(12, SECONDS));

            // Then
            assertThat(ledger.alerts().values())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getCount()).isEqualTo(1))
                    .satisfies(alert -> assertThat(alert.toString()).doesNotContain("anna-k"));
        }
    }

    /** What an erased subject can have been. */
    enum Shape {
        ATTEMPTS_THAT_COLLAPSED_IN_MANY_BATCHES {
            @Override
            void live(LedgerHarness ledger) {
                for (int number = 1; number <= 90; number++) {
                    Instant at = START.plusSeconds(number * 10L);
                    ledger.send(deferred("anna-k")
                            .attempt(number)
                            .parent("b" + number % 17)
                            .at(at)
                            .dueAt(at.plusSeconds(1)));
                    ledger.send(completed("anna-k").attempt(number).at(at.plusSeconds(5)));
                }
                batchCloses(ledger, "b3", ledger.now().plusSeconds(901));
            }
        },
        MISSING_MEMBER {
            @Override
            void live(LedgerHarness ledger) {
                ledger.send(deferred("anna-k").parent("b1"));
                ledger.send(deferred("anna-k").attempt(2).parent("b2").at(START.plusSeconds(1)));
                batchCloses(ledger, "b2", START.plusSeconds(10));
            }
        },
        MEMBER_OF_A_CANCELLED_BATCH {
            @Override
            void live(LedgerHarness ledger) {
                ledger.send(deferred("anna-k").parent("b1"));
                ledger.bothReach(START.plusSeconds(10));
                ledger.send(Events.cancelled("b1").kind(SubjectKind.BATCH).at(START.plusSeconds(10)));
                settle(ledger);
            }
        },
        BATCH_IN_A_BATCH {
            @Override
            SubjectKind kind() {
                return SubjectKind.BATCH;
            }

            @Override
            void live(LedgerHarness ledger) {
                ledger.send(deferred("anna-k").kind(SubjectKind.BATCH).parent("b1"));
                batchCloses(ledger, "anna-k", START.plusSeconds(10));
                ledger.send(opened("anna-k").kind(SubjectKind.BATCH).attempt(2).at(ledger.now()));
                settle(ledger);
            }
        },
        HEARTBEATS {
            @Override
            void live(LedgerHarness ledger) {
                ledger.send(opened("anna-k").dueAt(START.plusSeconds(60)));
                for (int beat = 1; beat <= 100; beat++) {
                    Instant at = START.plusSeconds(beat * 100L);
                    ledger.send(Events.extended("anna-k", at.plusSeconds(60)).at(at));
                }
            }
        },
        STONE {
            @Override
            void live(LedgerHarness ledger) {
                ledger.send(completed("anna-k").parent("b1").metadata("name", "anna-k"));
                ledger.bothReach(START.plus(2, DAYS));
                ledger.bothReach(START.plus(2, DAYS).plus(5, SECONDS));
            }
        };

        SubjectKind kind() {
            return SubjectKind.RECORD;
        }

        abstract void live(LedgerHarness ledger);

        private static void batchCloses(LedgerHarness ledger, String batch, Instant at) {
            ledger.bothReach(at);
            ledger.send(completed(batch).kind(SubjectKind.BATCH).attempt(1).at(at));
            settle(ledger);
        }

        private static void settle(LedgerHarness ledger) {
            for (int step = 0; step < 4; step++) {
                ledger.bothReach(ledger.now().plusSeconds(40));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNoTraceOfTheKeyWhateverTheSubjectWas(Shape shape) {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            shape.live(ledger);
            assertThat(stored(ledger)).contains("anna-k");

            // When
            ledger.send(erased("anna-k").kind(shape.kind()).at(ledger.now()));
            Shape.settle(ledger);

            // Then
            assertThat(stored(ledger).lines().filter(line -> line.contains("anna-k")))
                    .isEmpty();
        }
    }

    private static Map<String, Long> subjects(LedgerHarness ledger) {
        Map<String, Long> all = ledger.listener().allSubjects();
        return all.isEmpty() ? NOBODY : all;
    }

    /** Returns the whole store as one text. */
    private static String stored(LedgerHarness ledger) {
        return ledger.store().contents().entrySet().stream()
                .map(each -> (new String(each.getKey().get(), UTF_8) + ' ' + new String(each.getValue(), UTF_8))
                        .replace('\n', ' '))
                .collect(Collectors.joining("\n"));
    }
}
