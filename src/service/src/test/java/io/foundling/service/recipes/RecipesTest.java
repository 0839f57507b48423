package io.foundling.service.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.Page;
import io.foundling.service.config.ConfigReader;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stories of the recipes happen as the page says, under the configuration of the page. */
class RecipesTest {

    private static final Page PAGE = new Page(Page.ROOT.resolve(Path.of("topology/docs/recipes.md")));
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<String> stories() {
        return PAGE.code("text");
    }

    @Test
    void shouldHaveAStoryForEachSystem() {
        assertThat(stories()).hasSize(7);
        assertThat(PAGE.anchors())
                .contains(
                        "deferred-audit-trail",
                        "pending-node-states-with-export",
                        "pipeline-steps-with-skipped-and-dates-in-detail",
                        "reconciliation-log",
                        "stale-stats-backstop",
                        "dedup-configuration",
                        "active-pipelines");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldHappenAsThePageSays(String story) {
        // Given
        LedgerSettings settings = new ConfigReader(Map.of())
                .read("the block", PAGE.code("yaml").findFirst().orElseThrow())
                .ledgerSettings(1, Set.of());
        Instant begin = StoryLine.MONDAY.atStartOfDay().toInstant(ZoneOffset.UTC);

        // When
        try (LedgerHarness ledger = LedgerHarness.of(settings, begin)) {
            List<StoryLine> lines = story.lines().map(StoryLine::parse).toList();
            for (StoryLine line : lines) {
                if (line.topic().isEmpty()) {
                    reach(ledger, line.at());
                    ledger.send(StoryEvent.of(line));
                } else {
                    // Then
                    reach(ledger, line.at());
                    assertThat(line.words())
                            .allSatisfy(words -> assertThat(published(ledger, line))
                                    .as("%s", line)
                                    .containsPattern("(?<!\\w)" + Pattern.quote(words) + "(?!\\w)"));
                }
            }
            assertThat(firing(ledger)).isEqualTo(firing(lines));
        }
    }

    /** Lets accounts be sent, and alerts follow them. */
    private static void reach(LedgerHarness ledger, Instant time) {
        if (time.isAfter(ledger.now())) {
            for (int seconds = 3; seconds >= 0; seconds--) {
                ledger.bothReach(time.minus(SECOND.multipliedBy(seconds)));
            }
        }
    }

    /** Returns the keys of the alerts that fire now. */
    private static Set<String> firing(LedgerHarness ledger) {
        return ledger.alerts().entrySet().stream()
                .filter(alert -> alert.getValue().getStatus() == AlertStatus.FIRING)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns the keys of the alerts that fire in the end, as a story says. */
    private static Set<String> firing(List<StoryLine> story) {
        Set<String> firing = new HashSet<>();
        for (StoryLine line : story) {
            if (line.topic().equals(Optional.of("alerts"))) {
                if (line.words().get(0).startsWith("FIRING ")) {
                    firing.add(line.key());
                } else {
                    firing.remove(line.key());
                }
            }
        }
        return firing;
    }

    private static String published(LedgerHarness ledger, StoryLine line) {
        String key = line.key();
        Optional<String> text = switch (line.topic().orElseThrow()) {
            case "orphans" -> text(ledger.orphans(), key, RecipesTest::words);
            case "alerts" -> text(ledger.alerts(), key, RecipesTest::words);
            case "dispositions" -> text(ledger.dispositions(), key, RecipesTest::words);
            case "settlements" -> text(ledger.settlements(), key, RecipesTest::words);
            case "reconciliations" -> text(ledger.reconciliations(), key, RecipesTest::words);
            case "violations" -> violations(ledger, key);
            default -> throw new IllegalArgumentException("no topic: " + line);
        };
        return text.orElse("none");
    }

    private static <V> Optional<String> text(Map<String, V> table, String key, Function<V, String> words) {
        return Optional.ofNullable(table.get(key)).map(words);
    }

    private static Optional<String> violations(LedgerHarness ledger, String key) {
        String found = ledger.violations().stream()
                .filter(violation -> SubjectKey.of(violation.getSubject()).equals(key))
                .map(violation -> violation.getType() + " of attempt " + violation.getAttempt())
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private static String words(OrphanWarning warning) {
        return warning.getStatus() + " by " + warning.getRule();
    }

    private static String words(Alert alert) {
        return alert.getStatus() + " " + alert.getCount() + " "
                + alert.getAnnotations().getOrDefault("findings", "");
    }

    private static String words(Disposition disposition) {
        return disposition.getStatus() + " in attempt " + disposition.getAttempt() + " " + disposition.getDetail() + " "
                + disposition.getReason();
    }

    private static String words(Settlement settlement) {
        long returned = settlement.getReturned().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return settlement.getExpected() + " announced, " + returned + " returned " + settlement.getMissing();
    }

    private static String words(Reconciliation reconciliation) {
        return reconciliation.toString();
    }
}
