package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.service.metrics.MetricNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alert rules and dashboard name only what is exposed, and every alert has its section in the runbook. */
class MonitoringTest {

    private static final Path RUNBOOK = Path.of("README.md");
    private static final Pattern ALERT_HEADING = Pattern.compile("(?m)^#+ (Foundling\\w+)$");

    private static Map<String, Set<String>> exposed;

    @BeforeAll
    static void findOutWhatIsExposed() {
        exposed = ExposedMetrics.all();
    }

    @Test
    void shouldAlertOnExposedMetricsOnly() {
        // Then
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(alert -> shouldBeExposed(alert.path("expr").asText()));
    }

    @Test
    void shouldShowExposedMetricsOnly() {
        // When
        List<String> expressions = expressions(Chart.file("files/dashboard.json"));

        // Then
        assertThat(expressions).isNotEmpty().allSatisfy(MonitoringTest::shouldBeExposed);
    }

    /** Grafana shows one of two panels with the same id. */
    @Test
    void shouldGiveEachPanelAnIdOfItsOwn() {
        // When
        List<String> ids = new ArrayList<>();
        Chart.file("files/dashboard.json")
                .path("panels")
                .forEach(panel -> ids.add(panel.path("id").asText()));

        // Then
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    /** Every metric of the README that can be alerted on or explains an alert is on the dashboard. */
    @Test
    void shouldShowEveryMetricOfOurs() {
        // When
        Set<String> shown = new HashSet<>();
        expressions(Chart.file("files/dashboard.json"))
                .forEach(expression ->
                        shown.addAll(Promql.of(expression).metrics().keySet()));

        // Then
        assertThat(MetricNames.all())
                .allSatisfy(metric -> assertThat(shown).anyMatch(name -> name.startsWith(metric.name())));
    }

    /** What nobody looks at is left out of /metrics, and what somebody looks at is not. */
    @Test
    void shouldUseExactlyTheMetricsOfKafkaThatAreExposedByDefault() {
        // When
        Set<String> used = new TreeSet<>();
        Stream.concat(
                        alerts().map(alert -> alert.path("expr").asText()),
                        expressions(Chart.file("files/dashboard.json")).stream())
                .map(MonitoringTest::promql)
                .forEach(expression -> used.addAll(expression.metrics().keySet()));
        used.removeIf(name -> !name.startsWith("kafka_"));

        // Then
        assertThat(used).allMatch(KafkaMetrics::isUsed);
        assertThat(used.stream().map(name -> name.replaceAll("_total$", "")))
                .containsExactlyInAnyOrderElementsOf(KafkaMetrics.names());
    }

    @Test
    void shouldDescribeEveryAlertInTheRunbookAndNoOther() throws IOException {
        // Given
        List<String> described = ALERT_HEADING
                .matcher(Files.readString(RUNBOOK))
                .results()
                .map(heading -> heading.group(1))
                .toList();

        // Then
        assertThat(described)
                .isEqualTo(alerts().map(alert -> alert.path("alert").asText()).toList());
        assertThat(alerts()).allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("deploy/README.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
        });
    }

    /** A rule that depends on no job would fire for every other application on the same Prometheus. */
    @Test
    void shouldOnlyLookAtFoundling() {
        // Then
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(alert.path("expr").asText())
                        .containsAnyOf(
                                "job=\"foundling\"",
                                "job=\"foundling-notify\"",
                                "job=\"foundling-console\"",
                                "job=\"foundling-intake\"",
                                "job=\"foundling-bridge\"",
                                "job=\"foundling-intake\"",
                                "job=~\"foundling-(console|intake)\"",
                                "persistentvolumeclaim=~\"foundling-state-.+\""));
    }

    @Test
    void shouldWaitForARestoreAsLongAsTheChart() {
        // Given
        long budgetSeconds =
                Chart.file("values.yaml").path("restoreBudgetSeconds").asLong();

        // Then
        assertThat(alerts().filter(alert -> alert.path("alert").asText().equals("FoundlingRestoreLong")))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("for").asText()).isEqualTo(budgetSeconds / 60 + "m"));
    }

    @Test
    void shouldBeInTheChartAsItIs() throws IOException {
        // When
        Manifests manifests = Chart.with("values-everything.yaml");

        // Then
        List<Rule> rules = manifests
                .only(PrometheusRule.class)
                .getSpec()
                .getGroups()
                .get(0)
                .getRules();
        assertThat(rules)
                .extracting(Rule::getAlert)
                .isEqualTo(alerts().map(alert -> alert.path("alert").asText()).toList());
        assertThat(rules)
                .extracting(rule -> rule.getExpr().getStrVal())
                .isEqualTo(alerts().map(alert -> alert.path("expr").asText()).toList());
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.getAnnotations().get("runbook_url"))
                        .startsWith("https://example.org/foundling/runbook#foundling"));
        assertThat(manifests.all(ConfigMap.class))
                .filteredOn(map -> map.getData().containsKey("foundling.json"))
                .singleElement()
                .satisfies(map -> assertThat(Yaml.tree(map.getData().get("foundling.json")))
                        .isEqualTo(Chart.file("files/dashboard.json")));
    }

    private static Promql promql(String expression) {
        return Promql.of(expression.replace("$namespace", "n").replace("$service", "s"));
    }

    private static void shouldBeExposed(String expression) {
        Promql used = promql(expression);
        assertThat(exposed.keySet()).as(expression).containsAll(used.metrics().keySet());
        Set<String> ofAny = new HashSet<>(ExposedMetrics.TARGET);
        used.metrics().forEach((metric, labels) -> {
            Set<String> known = new HashSet<>(ExposedMetrics.TARGET);
            known.addAll(exposed.get(metric));
            assertThat(known).as("labels of %s in %s", metric, expression).containsAll(labels);
            ofAny.addAll(known);
        });
        assertThat(ofAny).as("labels that are grouped by in %s", expression).containsAll(used.labels());
    }

    private static Stream<JsonNode> alerts() {
        return stream(Chart.file("files/foundling.rules.yaml").path("groups"))
                .flatMap(group -> stream(group.path("rules")));
    }

    private static List<String> expressions(JsonNode dashboard) {
        List<String> expressions = new ArrayList<>();
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items.stream();
    }
}
