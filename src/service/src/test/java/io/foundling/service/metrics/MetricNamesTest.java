package io.foundling.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertType;
import io.foundling.audit.ViolationType;
import io.foundling.service.GoldenSection;
import io.foundling.topology.clock.BrokerTime;
import io.foundling.topology.clock.ProofTime;
import io.foundling.topology.store.Tally;
import io.foundling.topology.store.WithoutIds;
import io.foundling.topology.task.DropReport;
import io.foundling.topology.task.EventResult;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MetricNamesTest {

    private static final Pattern WORD =
            Pattern.compile("\\b(?:result|reason|type|change|status|bucket|body|outcome)=\"([^\"]*)\"");

    @Test
    void shouldShowEveryMetricInTheDocumentation() {
        String table = MetricNames.all().stream().map(MetricNamesTest::row).collect(Collectors.joining("\n"));
        new GoldenSection("docs/metrics.md", "metrics")
                .shouldHold("| metric | kind | labels | meaning |\n|---|---|---|---|\n" + table);
    }

    @Test
    void shouldExposeExactlyTheMetricsThatAreDeclared() {
        try (ServiceMetrics service = new ServiceMetrics("1.2.3", KafkaMetrics.USED)) {
            // Given
            LedgerMetrics ledger =
                    new LedgerMetrics(service.registry(), List.of("audit.events"), InstantSource.system());
            ledger.watch(new ProofTime(() -> 0, new BrokerTime(() -> 0)));
            ledger.eventRead("audit.events", EventResult.APPLIED);
            ledger.deadLetter("UNREADABLE");
            ledger.violation(ViolationType.TOO_LATE);
            ledger.outOfStep("university", 1);
            ledger.gap("audit.events", 0, 1);
            ledger.expiriesSwept(1, 1);
            ledger.clock("0_0", 0);
            ledger.tally("0_0", "university", "declaration", new Tally(1, 1, 0, 0, 0, 1, 1, 0));
            ledger.alertsFiring("1_0", AlertType.ORPHANED, 1);
            ledger.withoutId("0_0", new WithoutIds.EventOrigin("university", "declaration", "Deferred"), 1);
            ledger.setAside("0_0", "subject", 1);
            ledger.delay("0_0", "university", 1);
            ledger.held("0_0", "university", 1);
            ledger.dropped(new DropReport("university", "declarations", "pod-1", 1, 1, 1));
            new PolicyMetrics(service.registry(), InstantSource.system());
            ledger.silent("0_0", "university", true);
            new DeliveryMetrics(service.registry()).known("pager", "alertmanager:9093");
            new BridgeMetrics(service.registry(), "orders", "shop.outbox", "audit.events").watch(0, lag -> lag);
            new ConsoleMetrics(service.registry(), List.of("audit.events"));
            new WebMetrics(service.registry()).answered("awaiting", 200);
            new IntakeMetrics(service.registry()).watchBroker(() -> 1);

            // When
            String scraped = service.scrape();

            // Then
            Map<String, String> exposed = new TreeMap<>();
            scraped.lines()
                    .filter(line -> line.startsWith("# TYPE foundling_"))
                    .map(line -> line.split(" "))
                    .filter(parts -> !parts[2].endsWith("_max"))
                    .forEach(parts -> exposed.put(parts[2], parts[3]));
            assertThat(exposed)
                    .isEqualTo(MetricNames.all().stream()
                            .collect(Collectors.toMap(
                                    Metric::name, MetricNamesTest::prometheusType, (a, b) -> a, TreeMap::new)));
            MetricNames.all()
                    .forEach(metric -> assertThat(labels(scraped, metric))
                            .as(metric.name())
                            .containsExactlyInAnyOrderElementsOf(metric.labels()));
            assertThat(words(scraped)).isNotEmpty().allMatch(word -> word.equals(word.toLowerCase(Locale.ROOT)));
        }
    }

    /** Values of the labels whose values are words of ours, and not names that others gave. */
    private static List<String> words(String scraped) {
        return WORD.matcher(scraped).results().map(found -> found.group(1)).toList();
    }

    private static List<String> labels(String scraped, Metric metric) {
        String sample = scraped.lines()
                .filter(line -> line.matches(metric.name() + "(_count)?[ {].*"))
                .findFirst()
                .orElseThrow();
        return sample.contains("{")
                ? List.of(sample.replaceAll(".*\\{|=\"[^\"]*\"|}.*", "").split(","))
                : List.of();
    }

    private static String prometheusType(Metric metric) {
        return metric.kind() == Metric.Kind.TIMER
                ? "summary"
                : metric.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> '`' + label + '`').collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(metric.name(), metric.kind().name().toLowerCase(Locale.ROOT), labels, metric.description());
    }
}
