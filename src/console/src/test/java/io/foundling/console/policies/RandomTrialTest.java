package io.foundling.console.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trial says what two ledgers in the test driver of Kafka Streams publish, each under one set of policies. */
class RandomTrialTest {

    private static final int PARTITIONS = 3;
    private static final Duration STEP = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldSayWhatTwoLedgersPublish(long seed) {
        // Given
        RandomHistory history = new RandomHistory(seed);
        List<Appended> events = history.events();
        PolicySet inForce = history.policies();
        PolicySet onTrial = history.policies();
        LedgerSettings settings = Settings.of(LedgerSettings.defaults(TopicNames.EVENTS, PARTITIONS))
                .policySet(inForce);
        Instant until = RandomHistory.BEGIN.plus(RandomHistory.SPAN).plus(Duration.ofMinutes(90));
        Map<String, String> before = published(settings, events, until);
        Map<String, String> after = published(Settings.of(settings).policySet(onTrial), events, until);

        // When
        TrialReport report = new PolicyTrial(settings, onTrial)
                .run(Appended.trail(events, PARTITIONS), new Window(RandomHistory.BEGIN, until), source -> true);

        // Then
        assertThat(changes(report, Change.ADDED)).as("added").isEqualTo(without(after, before));
        assertThat(changes(report, Change.REMOVED)).as("removed").isEqualTo(without(before, after));
        Set<String> moved = changes(report, Change.EARLIER);
        moved.addAll(changes(report, Change.LATER));
        assertThat(moved).as("moved").isEqualTo(moved(before, after));
        assertThat(report.stages().stream().mapToLong(StageChanges::before).sum())
                .isEqualTo(before.size());
        assertThat(report.stages().stream().mapToLong(StageChanges::after).sum())
                .isEqualTo(after.size());
    }

    @Test
    void shouldDrawHistoriesInWhichEverythingChanges() {
        // Given
        Set<Change> changes = EnumSet.noneOf(Change.class);
        Set<WarningEnd> ends = EnumSet.noneOf(WarningEnd.class);
        Set<OrphanReason> reasons = EnumSet.noneOf(OrphanReason.class);

        // When
        for (long seed = 1; seed <= 60; seed++) {
            RandomHistory history = new RandomHistory(seed);
            List<Appended> events = history.events();
            LedgerSettings settings = Settings.of(LedgerSettings.defaults(TopicNames.EVENTS, PARTITIONS))
                    .policySet(history.policies());
            new PolicyTrial(settings, history.policies())
                    .run(
                            Appended.trail(events, PARTITIONS),
                            new Window(RandomHistory.BEGIN, RandomHistory.BEGIN.plus(Duration.ofHours(3))),
                            source -> true)
                    .warnings()
                    .forEach(each -> {
                        changes.add(each.change());
                        EmittedWarning warning = each.after().or(each::before).orElseThrow();
                        ends.add(warning.end());
                        reasons.add(warning.reason());
                    });
        }

        // Then
        assertThat(changes).containsExactlyInAnyOrder(Change.values());
        assertThat(ends).containsExactlyInAnyOrder(WarningEnd.values());
        assertThat(reasons).hasSizeGreaterThan(1);
    }

    /** Returns the warnings that a ledger emits, by their ids, each with its last limit. */
    private static Map<String, String> published(LedgerSettings settings, List<Appended> events, Instant until) {
        try (PartitionedHarness ledger = PartitionedHarness.of(settings)) {
            for (Appended each : events) {
                reach(ledger, each.at());
                ledger.send(each.event(), each.at());
            }
            reach(ledger, until);
            Map<String, String> warnings = new TreeMap<>();
            ledger.orphanChanges()
                    .forEach(change -> change.value()
                            .ifPresent(warning -> warnings.put(id(change.key(), warning), limit(warning))));
            return warnings;
        }
    }

    private static void reach(PartitionedHarness ledger, Instant time) {
        while (ledger.now().plus(STEP).isBefore(time)) {
            ledger.bothReach(ledger.now().plus(STEP));
        }
        ledger.bothReach(time);
    }

    private static String id(String key, OrphanWarning warning) {
        return key + ' ' + warning.getAttempt() + ' ' + warning.getStatus() + ' ' + warning.getExtension();
    }

    private static String limit(OrphanWarning warning) {
        return warning.getStartsAt().plusMillis(warning.getGrace()).toString();
    }

    private static Set<String> changes(TrialReport report, Change change) {
        Set<String> found = new TreeSet<>();
        report.warnings().stream()
                .filter(each -> each.change() == change)
                .map(ChangedWarning::id)
                .forEach(id ->
                        found.add(id.subjectKey() + ' ' + id.attempt() + ' ' + id.status() + ' ' + id.extension()));
        return found;
    }

    private static Set<String> without(Map<String, String> some, Map<String, String> others) {
        Set<String> left = new TreeSet<>(some.keySet());
        left.removeAll(others.keySet());
        return left;
    }

    private static Set<String> moved(Map<String, String> before, Map<String, String> after) {
        Set<String> moved = new TreeSet<>(before.keySet());
        moved.retainAll(after.keySet());
        moved.removeIf(id -> before.get(id).equals(after.get(id)));
        return moved;
    }
}
