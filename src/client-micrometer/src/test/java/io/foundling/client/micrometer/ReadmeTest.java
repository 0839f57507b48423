package io.foundling.client.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void shouldHoldEveryMeter() throws IOException {
        // When
        String table =
                Arrays.stream(RecorderMeter.values()).map(ReadmeTest::row).collect(Collectors.joining());

        // Then
        assertThat(readme()).contains("|---|---|---|---|---|\n" + table + "\n");
    }

    @Test
    void shouldHoldAnExampleThatCompiles() throws IOException {
        // Given
        String source =
                normal(Files.readString(Path.of("src/test/java/io/foundling/client/micrometer/ReadmeExample.java")));

        // When
        List<String> blocks = JAVA_BLOCK
                .matcher(readme())
                .results()
                .map(block -> block.group(1))
                .toList();

        // Then
        assertThat(blocks).hasSize(1).allSatisfy(block -> assertThat(source).contains(normal(block)));
    }

    private static String row(RecorderMeter meter) {
        String tag = meter.tag().isEmpty() ? "" : '`' + meter.tag() + '`';
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        meter.id(),
                        prometheus(meter),
                        meter.type().name().toLowerCase(Locale.ROOT),
                        tag,
                        meter.meaning());
    }

    /** Returns the name that a scrape shows. */
    private static String prometheus(RecorderMeter meter) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new MicrometerRecorderMetrics(registry).started(new HeldEvents(1, 2, 3));
        String help = meter.meaning() + "\n# TYPE ";
        String scraped = registry.scrape();
        return scraped.substring(scraped.indexOf(help) + help.length()).split(" ")[0];
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static String normal(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
