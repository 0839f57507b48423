package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lets Prometheus itself check the alert rules and run their tests. promtool is in Debian's package prometheus; without it
 * these are skipped, but not in CI.
 */
class PromtoolTest {

    private static final String RULES = "chart/files/foundling.rules.yaml";
    private static final String TESTS = "monitoring/foundling.test.yaml";

    @Test
    void shouldBeValidRules() throws Exception {
        promtool("check", "rules", RULES);
    }

    @Test
    void shouldFireWhenTheyShouldAndBeSilentOtherwise() throws Exception {
        promtool("test", "rules", TESTS);
    }

    @Test
    void shouldTestEveryAlertFiringAndSilent() throws IOException {
        // Given
        Set<String> firing = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (JsonNode test : Yaml.tree(Files.readString(Path.of(TESTS))).path("tests")) {
            for (JsonNode check : test.path("alert_rule_test")) {
                (check.has("exp_alerts") ? firing : silent)
                        .add(check.path("alertname").asText());
            }
        }

        // Then
        Set<String> alerts = new HashSet<>();
        Chart.file("files/foundling.rules.yaml")
                .at("/groups/0/rules")
                .forEach(rule -> alerts.add(rule.path("alert").asText()));
        assertThat(firing).isEqualTo(alerts);
        assertThat(silent).isEqualTo(alerts);
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        assumeThat("true".equals(System.getenv("CI")) || Programs.isInstalled("promtool"))
                .as("promtool is installed")
                .isTrue();
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String output;
        try (InputStream printed = process.getInputStream()) {
            output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor())
                .as("promtool %s said:%n%s", List.of(arguments), output)
                .isZero();
    }
}
