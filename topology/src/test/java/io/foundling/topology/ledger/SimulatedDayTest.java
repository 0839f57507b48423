package io.foundling.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hours of honest and hostile producers, with a restart every other hour: no warning is false, none is missing, and the
 * store is as small in the end as it was after the first hours.
 */
class SimulatedDayTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void shouldStayRightAndSmallForFiveHours() {
        live(5, 3);
    }

    /** What is remembered longest are former attempts of parents: for settlement.retention and a day (rule P17). */
    @Test
    @Tag("full")
    void shouldStayRightAndSmallForADayAndAQuarter() {
        live(30, 26);
    }

    private static void live(int hours, int warmUp) {
        try (LedgerHarness ledger = LedgerHarness.of(settings())) {
            // Given
            SimulatedDay day = new SimulatedDay(ledger);
            List<Long> bytes = new ArrayList<>();

            // When
            for (int hour = 1; hour <= hours; hour++) {
                day.liveUntil(LedgerHarness.START.plus(HOUR.multipliedBy(hour)));
                bytes.add(size(ledger));
                if (hour == 1 || hour % 6 == 0) {
                    System.out.printf(
                            "hour %2d: %,d entries, %,d bytes%n",
                            hour, ledger.store().contents().size(), size(ledger));
                }
                if (hour % 2 == 0) {
                    ledger.restart();
                }
            }
            day.end();

            // Then
            assertThat(changes(ledger)).isEqualTo(day.warnings());
            assertThat(missing(ledger)).isEqualTo(day.missing());
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.deadLetters()).hasSize(day.deadLetters());
            assertThat(bytes.get(hours - 1)).isLessThan(bytes.get(warmUp - 1) * 11 / 10);
            System.out.printf("%d hours: %,d events%n", hours, day.events());
        }
    }

    private static LedgerSettings settings() {
        LedgerSettings base = LedgerSettings.defaults("audit.events", 1);
        Duration soon = Duration.ofMinutes(10);
        return new LedgerSettings(
                base.topics(),
                base.time(),
                base.lateEvents(),
                base.sweep(),
                new LedgerSettings.Retention(soon, soon, HOUR),
                new LedgerSettings.Settlement(Duration.ofSeconds(60), HOUR, HOUR),
                base.alerting(),
                base.policies());
    }

    private static long size(LedgerHarness ledger) {
        long size = 0;
        for (Map.Entry<Bytes, byte[]> entry : ledger.store().contents().entrySet()) {
            size += entry.getKey().get().length + entry.getValue().length;
        }
        return size;
    }

    private static Map<String, List<String>> changes(LedgerHarness ledger) {
        Map<String, List<String>> found = new TreeMap<>();
        for (Change<OrphanWarning> change : ledger.orphanChanges()) {
            found.computeIfAbsent(change.key(), absent -> new ArrayList<>()).add(change.header("foundling.change"));
        }
        return found;
    }

    /** Returns how many members are missing in the last settlement of each batch. */
    private static Map<String, Integer> missing(LedgerHarness ledger) {
        Map<String, Integer> found = new TreeMap<>();
        for (Change<Settlement> change : ledger.settlementChanges()) {
            change.value()
                    .ifPresent(settlement ->
                            found.put(change.key(), settlement.getMissing().size()));
        }
        return found;
    }
}
