package io.foundling.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.harness.StoreSizes;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SweepSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a hostile week leaves in the stores and in the compacted topics: nothing grows with the number of attempts,
 * repeats, late arrivals, names or runs of a parent. Proves rules B2, B9, R4, A6 and A10.
 */
final class GrowthTest {

    private static final int MAX_STAGES = 12;

    /** The last record of a task about itself is kept. */
    private static final Set<String> PUBLISHED = Set.of("audit.clocks");

    /** What counts in accounts. Of violations, these are at most ten samples each, and it takes long until there are ten. */
    private static final String COUNTED = "ledger 0x44";

    /** Hours of the week in which a source was heard: as many as a week has, which takes a week. */
    private static final String HEARD_HOURS = "ledger 0x4b";

    /**
     * What stays: a tally without a name, the counts of events without an id, policies, the cursors of both indexes, and
     * since when the delays are known. None of it grows.
     */
    private static final Map<String, Integer> REST = Map.of(
            "ledger 0x04",
            1,
            "ledger 0x05",
            MAX_STAGES + 1,
            "ledger 0x08",
            1,
            "ledger 0x0a",
            1,
            "ledger 0x0b",
            1,
            "ledger 0x09",
            1,
            "ledger 0x2f",
            1,
            "alerts 0x04",
            1);

    /** The week must leave entries of every kind, apart from those of deleted offsets and of passes under way. */
    private static final Set<String> EVERY_KIND = Set.of(
            "ledger 0x01",
            "ledger 0x02",
            "ledger 0x04",
            "ledger 0x05",
            "ledger 0x07",
            "ledger 0x08",
            "ledger 0x09",
            "ledger 0x20",
            "ledger 0x2f",
            "ledger 0x30",
            "ledger 0x31",
            "ledger 0x32",
            "ledger 0x40",
            "ledger 0x41",
            "ledger 0x42",
            "ledger 0x43",
            "ledger 0x44",
            "ledger 0x46",
            "ledger 0x4a",
            "ledger 0x4b",
            "alerts 0x01",
            "alerts 0x02",
            "alerts 0x03");

    @Test
    void shouldNotGrowWithTimeAndBeAsSmallAsAtTheStartOnceAllIsForgotten() {
        try (LedgerHarness ledger = LedgerHarness.of(settings())) {
            // Given
            HostileWeek week = new HostileWeek(ledger);
            week.live(2);
            StoreSizes early = StoreSizes.of(ledger);

            // When
            week.live(5);
            StoreSizes late = StoreSizes.of(ledger);
            week.end();
            week.idle(Duration.ofDays(9));
            StoreSizes rest = StoreSizes.of(ledger);

            // Then
            assertThat(withoutPublished(late))
                    .as("after 7 days:%n%sand after 2:%n%s", late, early)
                    .isEqualTo(withoutPublished(early));
            late.bytes().forEach((kind, bytes) -> {
                if (!PUBLISHED.contains(kind) && !kind.equals(COUNTED) && !kind.equals(HEARD_HOURS)) {
                    assertThat(bytes)
                            .as("bytes of %s", kind)
                            .isLessThan(early.bytes().get(kind) * 5 / 4 + 50);
                }
            });
            assertThat(late.entries().get(COUNTED))
                    .as(COUNTED)
                    .isLessThan(10 * late.entries().get("ledger 0x43"));
            assertThat(late.entries().get(HEARD_HOURS))
                    .as("hours of the sources that were heard")
                    .isLessThanOrEqualTo(8 * 24 * late.entries().get("ledger 0x4a"));
            assertThat(rest.entries()).doesNotContainKeys(COUNTED, HEARD_HOURS);
            assertThat(withoutPublished(rest)).as("in the end:%n%s", rest).isEqualTo(REST);
            assertThat(early.entries().keySet()).containsAll(EVERY_KIND);
        }
    }

    private static Map<String, Integer> withoutPublished(StoreSizes sizes) {
        Map<String, Integer> entries = new TreeMap<>(sizes.entries());
        entries.keySet().removeAll(PUBLISHED);
        entries.remove(COUNTED);
        entries.remove(HEARD_HOURS);
        return entries;
    }

    private static LedgerSettings settings() {
        LedgerSettings base = LedgerSettings.defaults("audit.events", 1);
        return new LedgerSettings(
                base.topics(),
                base.time(),
                base.lateEvents(),
                new SweepSettings(base.sweep().interval(), 10_000),
                new LedgerSettings.Retention(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4), MAX_STAGES),
                new LedgerSettings.Settlement(Duration.ofSeconds(60), Duration.ofHours(4), Duration.ofHours(12)),
                new LedgerSettings.Alerting(
                        Duration.ofHours(1), Duration.ofHours(4), Duration.ofMinutes(1), Duration.ofHours(12)),
                List.of(Settings.anything("any", Duration.ofMinutes(5), Duration.ofMinutes(1))));
    }
}
