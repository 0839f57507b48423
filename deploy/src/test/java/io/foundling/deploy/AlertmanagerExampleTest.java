package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AlertType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names and labels in the example of an Alertmanager are those of alerts on audit.alerts. */
class AlertmanagerExampleTest {

    private static final Pattern ALERT_NAME = Pattern.compile("alertname=\"(\\w+)\"");
    private static final Path EXAMPLE = Path.of("examples/alertmanager.yml");

    @Test
    void shouldInhibitOrphansOfASilentSourceByLabelsThatBothHave() throws IOException {
        // Given
        JsonNode rule =
                Yaml.tree(Files.readString(EXAMPLE)).path("inhibit_rules").path(0);
        List<String> equal = new ArrayList<>();
        rule.path("equal").forEach(label -> equal.add(label.asText()));

        // Then
        assertThat(rule.path("source_matchers").path(0).asText())
                .isEqualTo("alertname=\"" + name(AlertType.SILENT_SOURCE) + '"');
        assertThat(rule.path("target_matchers").path(0).asText())
                .isEqualTo("alertname=\"" + name(AlertType.ORPHANED) + '"');
        assertThat(equal).containsExactly("application", "source");
    }

    @Test
    void shouldNameOnlyAlertsThatThereAre() throws IOException {
        // Given
        Set<String> names = Arrays.stream(AlertType.values())
                .map(AlertmanagerExampleTest::name)
                .collect(Collectors.toSet());

        // Then
        assertThat(ALERT_NAME.matcher(Files.readString(EXAMPLE)).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(names).contains(name));
    }

    private static String name(AlertType type) {
        return "Foundling"
                + Arrays.stream(type.name().split("_"))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
    }
}
