package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanWarning;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The subjects of a silent source are looked at within the bounds of a sweep. Proves rules T28 and B6. */
final class SilenceWalkTest {

    private static final String STOPS = "a source/é";
    private static final String GOES_ON = "b";
    private static final Duration HISTORY = Duration.ofMinutes(20);
    private static final Duration AFTER = Duration.ofMinutes(5);
    private static final LedgerSettings SETTINGS =
            Settings.of(LedgerSettings.defaults("audit.events", 1)).silence(new SilenceSettings(HISTORY, 2, AFTER));

    /** Subjects of the source that count as orphans before its silence is known, of two kinds. */
    private static final int OF_A_KIND = 3;

    private int number;

    private void report(LedgerHarness ledger, List<String> sources, Duration duration) {
        Instant end = ledger.now().plus(duration);
        while (ledger.now().isBefore(end)) {
            for (String source : sources) {
                ledger.send(completed("c" + number++).source(source).at(ledger.now()));
            }
            ledger.bothReach(ledger.now().plusSeconds(60));
        }
    }

    private LedgerHarness withOrphans(LedgerSettings settings) {
        LedgerHarness ledger = LedgerHarness.of(settings);
        report(ledger, List.of(STOPS, GOES_ON), HISTORY.plusMinutes(2));
        Instant dueAt = ledger.now().plusSeconds(1);
        for (SubjectKind kind : List.of(SubjectKind.RECORD, SubjectKind.OPERATION)) {
            IntStream.range(0, OF_A_KIND)
                    .forEach(each -> ledger.send(deferred("r" + each)
                            .kind(kind)
                            .source(STOPS)
                            .at(ledger.now())
                            .dueAt(dueAt)));
        }
        report(ledger, List.of(GOES_ON), Duration.ofMinutes(3));
        assertThat(ledger.orphans()).hasSize(2 * OF_A_KIND);
        assertThat(unknown(ledger)).isZero();
        return ledger;
    }

    private static long unknown(LedgerHarness ledger) {
        return ledger.orphans().values().stream()
                .filter(OrphanWarning::getUnknown)
                .count();
    }

    /** Returns how many warnings are UNKNOWN after each turn, from the last one in which none is. */
    private List<Long> turns(LedgerHarness ledger, int count) {
        Instant end = ledger.now().plus(AFTER).plus(AFTER);
        while (unknown(ledger) == 0 && ledger.now().isBefore(end)) {
            report(ledger, List.of(GOES_ON), Duration.ofMinutes(1));
        }
        return IntStream.range(0, count)
                .mapToObj(turn -> {
                    long found = unknown(ledger);
                    ledger.sweep();
                    return found;
                })
                .toList();
    }

    @Test
    void shouldLookAtOneSubjectInATurnThatHasNoTime() {
        try (LedgerHarness ledger = withOrphans(SETTINGS)) {
            // Given
            ledger.restartWithoutTime();

            // When
            List<Long> found = turns(ledger, 2 * OF_A_KIND + 40);

            // Then
            assertThat(found).containsSubsequence(1L, 2L, 3L, 4L, 5L, 6L).endsWith(6L);
        }
    }

    @Test
    void shouldLookAtNoMoreSubjectsInATurnThanASweepTakes() {
        try (LedgerHarness ledger = withOrphans(Settings.of(SETTINGS).maxExpiriesPerSweep(2))) {
            // When
            List<Long> found = turns(ledger, 2 * OF_A_KIND + 40);

            // Then
            assertThat(found.get(0)).isLessThanOrEqualTo(2);
            assertThat(found).endsWith(6L);
            for (int turn = 1; turn < found.size(); turn++) {
                assertThat(found.get(turn) - found.get(turn - 1)).isLessThanOrEqualTo(2);
            }
        }
    }
}
