package io.foundling.topology.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.DrawnEvent;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.ledger.RandomHandOvers;
import io.foundling.topology.names.Headers;
import io.foundling.topology.parent.RandomBatches;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random work, read in a random order by several partitions that restart: the explanation of every subject agrees with
 * what the ledger published, and so does one that does not know what was published. A failure names the seed.
 */
final class ExplainedLedgersTest {

    private static final int SCENARIOS = Integer.getInteger("scenarios", 6);

    @Test
    void shouldAgreeOnRandomBatches() {
        for (int seed = 0; seed < SCENARIOS; seed++) {
            Random random = new Random(seed);
            LedgerSettings settings = LedgerSettings.defaults("audit.events", 1 + random.nextInt(4));
            List<DrawnEvent> drawn =
                    seed % 2 == 0 ? new RandomBatches(random).draw() : new RandomBatches(random).drawRepeats();
            explainAll(seed, settings, drawn, random);
        }
    }

    @Test
    void shouldAgreeOnRandomHandOvers() {
        for (int seed = 0; seed < SCENARIOS; seed++) {
            Random random = new Random(seed);
            LedgerSettings settings = LedgerSettings.defaults("audit.events", 1 + random.nextInt(4))
                    .expecting(List.of(
                            Settings.expecting("a", "extract", Status.COMPLETED, "parse", Duration.ofSeconds(100)),
                            Settings.expecting("b", "parse", Status.PENDING, "load", Duration.ofSeconds(100))));
            explainAll(seed, settings, new RandomHandOvers(random).draw(), random);
        }
    }

    private static void explainAll(int seed, LedgerSettings settings, List<DrawnEvent> drawn, Random random) {
        try (PartitionedHarness ledger = PartitionedHarness.of(settings)) {
            DrawnEvent.sendShuffled(ledger, drawn, random);
            for (int step = 0; step < 40; step++) {
                ledger.bothReach(ledger.now().plusSeconds(step < 20 ? 60 : 2));
            }
            Map<String, List<TrailEvent>> trails = trails(ledger, drawn);
            Explainer explainer = new Explainer(settings);
            for (Map.Entry<String, List<TrailEvent>> trail : trails.entrySet()) {
                Optional<Disposition> published =
                        Optional.ofNullable(ledger.dispositions().get(trail.getKey()));
                Explanation explanation =
                        explainer.explain(evidence(ledger, trail.getKey(), trail.getValue(), published));
                Explanation alone =
                        explainer.explain(evidence(ledger, trail.getKey(), trail.getValue(), Optional.empty()));
                String story = "seed " + seed + ": " + explanation.text();
                assertThat(explanation.agrees()).as(story).isTrue();
                assertThat(explanation.computed().map(Disposition::toString))
                        .as(story)
                        .isEqualTo(published.map(Disposition::toString));
                assertThat(alone.computed().map(ExplainedLedgersTest::undetected))
                        .as(story)
                        .isEqualTo(published.map(ExplainedLedgersTest::undetected));
            }
        }
    }

    /** When warnings were detected, the ledger alone knows. */
    private static String undetected(Disposition disposition) {
        return Disposition.newBuilder(disposition)
                .setMarks(disposition.getMarks().stream()
                        .map(mark -> OrphanMark.newBuilder(mark)
                                .setDetectedAt(Instant.EPOCH)
                                .build())
                        .toList())
                .build()
                .toString();
    }

    private static Map<String, List<TrailEvent>> trails(PartitionedHarness ledger, List<DrawnEvent> drawn) {
        Map<String, List<TrailEvent>> trails = new TreeMap<>();
        drawn.forEach(each -> trails.computeIfAbsent(each.subjectKey(), none -> new ArrayList<>())
                .add(new TrailEvent(each.event().build(), each.appendedAt(), 0, 0)));
        for (Change<AuditEvent> change : ledger.expectations()) {
            change.value()
                    .ifPresent(event -> trails.computeIfAbsent(change.key(), none -> new ArrayList<>())
                            .add(TrailEvent.ofExpectation(
                                    event,
                                    change.stampedAt(),
                                    0,
                                    0,
                                    Optional.ofNullable(change.headers().get(Headers.KNOWN_SINCE))
                                            .map(Long::parseLong)
                                            .map(Instant::ofEpochMilli))));
        }
        return trails;
    }

    private static Evidence evidence(
            PartitionedHarness ledger, String key, List<TrailEvent> trail, Optional<Disposition> published) {
        ClockReport report = new ClockReport("0_0", "", ledger.now().minusSeconds(5), 0L, 0L, 0.0, ledger.now());
        return new Evidence(
                key,
                new Trail(trail, revoked(ledger), Optional.empty()),
                published,
                published.flatMap(found -> Optional.ofNullable(ledger.orphans().get(key))),
                new ReportedClocks(Optional.of(report), Optional.empty(), Optional.empty()),
                new ParentEvidence(
                        ledger.dispositions().values().stream()
                                .filter(each ->
                                        !SubjectKey.of(each.getSubject()).startsWith("record/"))
                                .toList(),
                        List.copyOf(ledger.settlements().values())));
    }

    /** What is taken back and then expected again is expected. */
    private static Set<UUID> revoked(PartitionedHarness ledger) {
        Map<UUID, Boolean> last = new TreeMap<>();
        for (Change<AuditEvent> change : ledger.expectations()) {
            change.value()
                    .ifPresentOrElse(
                            event -> last.put(event.getEventId(), false),
                            () -> last.put(UUID.fromString(change.header(Headers.REVOKES)), true));
        }
        return last.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
