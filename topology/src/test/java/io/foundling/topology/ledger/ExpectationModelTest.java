package io.foundling.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanMark;
import io.foundling.audit.RecoveryReason;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.DrawnEvent;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveExpectations;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveRecovery;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random work in three stages that expect each other, read in a random order by several partitions that restart, ends as
 * the naive rules say from all facts at once. A failure names the seed. Proves rules E2, E3, E4 and E5.
 */
final class ExpectationModelTest {

    private static final int SCENARIOS = Integer.getInteger("scenarios", 25);
    private static final Duration WITHIN = Duration.ofSeconds(100);
    private static final long SKEW_MS = Duration.ofMinutes(5).toMillis();
    private static final long LAG_MS = Duration.ofSeconds(5).toMillis();
    private static final Map<String, Status> AFTER =
            Map.of("extract", Status.COMPLETED, "parse", Status.PENDING, "load", Status.UNKNOWN);
    private static final Map<String, String> NEXT = Map.of("extract", "parse", "parse", "load");

    @Test
    void shouldEndAsTheNaiveRulesSayWhateverTheOrder() {
        for (int seed = 0; seed < SCENARIOS; seed++) {
            run(seed);
        }
    }

    private static void run(int seed) {
        Random random = new Random(seed);
        LedgerSettings settings = LedgerSettings.defaults("audit.events", 1 + random.nextInt(4))
                .expecting(NEXT.entrySet().stream()
                        .map(each -> Settings.expecting(
                                "after-" + each.getKey(),
                                each.getKey(),
                                AFTER.get(each.getKey()),
                                each.getValue(),
                                WITHIN))
                        .toList());
        List<DrawnEvent> drawn = new RandomHandOvers(random).draw();
        try (PartitionedHarness ledger = PartitionedHarness.of(settings)) {
            DrawnEvent.sendShuffled(ledger, drawn, random);
            for (int step = 0; step < 40; step++) {
                ledger.bothReach(ledger.now().plusSeconds(step < 20 ? 60 : 2));
            }
            check(ledger, drawn, "seed " + seed);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
        }
    }

    private static void check(PartitionedHarness ledger, List<DrawnEvent> drawn, String seed) {
        Map<String, List<Fact>> facts = facts(drawn);
        NaiveMoment end =
                NaiveMoment.at(LedgerHarness.START.plus(Duration.ofHours(9)).toEpochMilli());
        Map<String, String> statuses = new TreeMap<>();
        Map<String, List<NaiveWarning>> warnings = new TreeMap<>();
        facts.forEach((key, all) -> NaiveExpectations.status(all, clocks(key)).ifPresent(status -> {
            statuses.put(key, status);
            warnings.put(key, NaiveSubject.expectedWarnings(all, end, 0, clocks(key)));
        }));

        Map<String, String> found = new TreeMap<>();
        Map<String, List<NaiveWarning>> marks = new TreeMap<>();
        ledger.dispositions().forEach((key, disposition) -> {
            found.put(key, disposition.getAttempt() + " " + disposition.getStatus());
            marks.put(
                    key,
                    disposition.getMarks().stream()
                            .map(ExpectationModelTest::warning)
                            .toList());
        });
        assertThat(found).as(seed).isEqualTo(statuses);
        assertThat(marks).as(seed).isEqualTo(warnings);
    }

    /** Returns all facts by subject, stage by stage: what is expected of one can be a cause in the next. */
    private static Map<String, List<Fact>> facts(List<DrawnEvent> drawn) {
        Map<String, List<Fact>> facts = new TreeMap<>();
        drawn.forEach(each -> facts.computeIfAbsent(each.subjectKey(), none -> new ArrayList<>())
                .add(each.fact()));
        for (String stage : RandomHandOvers.STAGES) {
            for (String key : List.copyOf(facts.keySet())) {
                if (SubjectKey.parse(key).getStage().equals(stage) && NEXT.containsKey(stage)) {
                    String next =
                            key.replace(Events.SOURCE + '/' + stage + '/', Events.SOURCE + '/' + NEXT.get(stage) + '/');
                    List<Fact> expected = new NaiveExpectations("after-" + stage, AFTER.get(stage), WITHIN.toMillis())
                            .expectedBecauseOf(key, facts.get(key), clocks(key));
                    facts.computeIfAbsent(next, none -> new ArrayList<>()).addAll(expected);
                }
            }
        }
        return facts;
    }

    private static NaiveClocks clocks(String subjectKey) {
        return NaiveClocks.of(subjectKey, SKEW_MS, LAG_MS);
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
}
