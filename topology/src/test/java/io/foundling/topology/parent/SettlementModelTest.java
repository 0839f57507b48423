package io.foundling.topology.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.RecoveryReason;
import io.foundling.audit.Settlement;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.DrawnEvent;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveRecovery;
import io.foundling.topology.lifecycle.naive.model.NaiveSettlements;
import io.foundling.topology.lifecycle.naive.model.NaiveSettlements.NaiveSettlement;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random batches, read in a random order by several partitions that restart and lag, end as the naive rules say from
 * all facts at once. A failure names the seed. Proves rules L15, P2, P6, P12, P13, P15, P16, R5 and A2.
 */
final class SettlementModelTest {

    private static final int SCENARIOS = Integer.getInteger("scenarios", 25);
    private static final long GRACE_MS = Duration.ofSeconds(60).toMillis();
    private static final long SKEW_MS = Duration.ofMinutes(5).toMillis();
    private static final long LAG_MS = Duration.ofSeconds(5).toMillis();
    private static final String STAGE = "university/declaration";

    @Test
    void shouldEndAsTheNaiveRulesSayWhateverTheOrder() {
        for (int seed = 0; seed < SCENARIOS; seed++) {
            run(seed);
        }
    }

    @Test
    void shouldCountRepeatsAsTheNaiveRulesSayWhateverTheOrder() {
        for (int seed = 0; seed < SCENARIOS; seed++) {
            Random random = new Random(seed);
            run(seed, random, new RandomBatches(random).drawRepeats());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 50, 54})
    void shouldEndSoWhereItOnceDidNot(int seed) {
        run(seed);
    }

    private static void run(int seed) {
        Random random = new Random(seed);
        run(seed, random, new RandomBatches(random).draw());
    }

    private static void run(int seed, Random random, List<DrawnEvent> drawn) {
        try (PartitionedHarness ledger =
                PartitionedHarness.of(Batches.settings(1 + random.nextInt(4), 1 + random.nextInt(4)))) {
            DrawnEvent.sendShuffled(ledger, drawn, random);
            Set<String> erased = seed % 2 == 0 ? Set.of() : erase(ledger, drawn, random);
            for (int step = 0; step < 40; step++) {
                ledger.bothReach(ledger.now().plusSeconds(step < 20 ? 60 : 2));
            }
            check(ledger, drawn, erased, "seed " + seed);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
        }
    }

    /** Erases some of the records, and has everything about them read again. */
    private static Set<String> erase(PartitionedHarness ledger, List<DrawnEvent> drawn, Random random) {
        SortedSet<String> erased = new TreeSet<>();
        drawn.stream()
                .map(DrawnEvent::subjectKey)
                .filter(key -> key.startsWith("record/"))
                .distinct()
                .filter(key -> random.nextInt(3) == 0)
                .forEach(erased::add);
        for (String key : erased) {
            ledger.send(Events.erased(SubjectKey.parse(key).getId()).at(ledger.now()));
            drawn.stream()
                    .filter(each -> each.subjectKey().equals(key))
                    .forEach(each -> ledger.send(each.event(), each.appendedAt()));
            if (random.nextBoolean()) {
                ledger.bothReach(ledger.now().plusSeconds(random.nextInt(100)));
            }
        }
        return erased;
    }

    private static void check(PartitionedHarness ledger, List<DrawnEvent> drawn, Set<String> erased, String seed) {
        Map<String, List<Fact>> facts = new TreeMap<>();
        drawn.forEach(each -> facts.computeIfAbsent(each.subjectKey(), none -> new ArrayList<>())
                .add(each.fact()));
        NaiveSettlements naive = new NaiveSettlements(facts, erased, SKEW_MS, LAG_MS);
        NaiveMoment end =
                new NaiveMoment(LedgerHarness.START.plus(Duration.ofHours(9)).toEpochMilli(), 0, naive.closings());
        Map<String, List<NaiveWarning>> warnings = new TreeMap<>();
        facts.forEach((subject, all) -> warnings.put(
                subject, NaiveSubject.expectedWarnings(all, end, GRACE_MS, NaiveClocks.of(subject, SKEW_MS, LAG_MS))));

        warnings.keySet().removeAll(erased);

        assertThat(warningsOf(ledger)).as(seed).isEqualTo(new TreeMap<>(warnings));
        SortedMap<String, NaiveSettlement> settlements = settlementsOf(ledger);
        settlements.entrySet().removeIf(each -> isOfNobody(each.getKey(), each.getValue(), naive));
        assertThat(settlements).as(seed).isEqualTo(naive.settlements());
        Map<String, Long> firing = new TreeMap<>();
        ledger.alerts().forEach((key, alert) -> {
            if (alert.getStatus() == AlertStatus.FIRING && !key.startsWith("violations")) {
                firing.put(key, alert.getCount());
            }
        });
        assertThat(firing).as(seed).isEqualTo(expectedAlerts(naive, warnings));
        assertThat(ledger.alerts().values()).as(seed).allMatch(SettlementModelTest::isWhole);
    }

    /** What was named as a parent by a fact that turned out to belong elsewhere keeps a settlement without members. */
    private static boolean isOfNobody(String key, NaiveSettlement settlement, NaiveSettlements naive) {
        return settlement.deferred() == 0 && !naive.closings().containsKey(key.substring(0, key.lastIndexOf('/')));
    }

    private static boolean isWhole(Alert alert) {
        return alert.getStatus() == AlertStatus.FIRING || alert.getCount() == 0;
    }

    private static Map<String, Long> expectedAlerts(NaiveSettlements naive, Map<String, List<NaiveWarning>> warnings) {
        Map<String, Long> expected = new TreeMap<>();
        naive.settlements().forEach((key, settlement) -> {
            String parent = key.substring(0, key.lastIndexOf('/'));
            int attempt = Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
            boolean warns = naive.closings().get(parent).stream()
                    .anyMatch(closing -> closing.attempt() == attempt && closing.warns());
            long count = settlement.missing().size() + naive.alertedUnannounced(parent, attempt);
            if (warns && count > 0) {
                String alertKey = "settlement/" + SubjectKey.encode(parent) + '/' + attempt;
                expected.put(alertKey, count);
            }
        });
        put(expected, "orphaned/" + STAGE, naive.orphansOfTheirStage(warnings));
        put(expected, "superseded/" + STAGE, naive.superseded());
        return expected;
    }

    private static void put(Map<String, Long> expected, String key, long count) {
        if (count > 0) {
            expected.put(key, count);
        }
    }

    private static SortedMap<String, List<NaiveWarning>> warningsOf(PartitionedHarness ledger) {
        SortedMap<String, List<NaiveWarning>> warnings = new TreeMap<>();
        ledger.dispositions()
                .forEach((key, disposition) -> warnings.put(
                        key,
                        disposition.getMarks().stream()
                                .map(SettlementModelTest::warning)
                                .toList()));
        return warnings;
    }

    private static NaiveWarning warning(OrphanMark mark) {
        return new NaiveWarning(
                mark.getAttempt(),
                mark.getStatus(),
                mark.getExtension(),
                mark.getReason(),
                mark.getEnteredAt().toEpochMilli(),
                mark.getStartsAt().toEpochMilli(),
                mark.getRule(),
                new NaiveRecovery(
                        mark.getRecoveredAt() == null ? Times.NEVER : ms(mark.getRecoveredAt()),
                        mark.getRecoveryReason() == RecoveryReason.RESTARTED));
    }

    private static long ms(Instant moment) {
        return moment.toEpochMilli();
    }

    private static SortedMap<String, NaiveSettlement> settlementsOf(PartitionedHarness ledger) {
        SortedMap<String, NaiveSettlement> settlements = new TreeMap<>();
        ledger.settlements().forEach((key, settled) -> settlements.put(key, settlement(settled)));
        return settlements;
    }

    private static NaiveSettlement settlement(Settlement settled) {
        SortedMap<String, Integer> endings = new TreeMap<>();
        settled.getReturned().forEach((status, count) -> endings.put(status, count.intValue()));
        if (settled.getMoved() > 0) {
            endings.put("MOVED", (int) settled.getMoved());
        }
        if (settled.getOrphaned() > 0) {
            endings.put("ORPHANED", (int) settled.getOrphaned());
        }
        return new NaiveSettlement(
                (int) settled.getDeferred(), endings, settled.getMissing(), (int) settled.getUnannounced(), (int)
                        settled.getNeverBegan());
    }
}
