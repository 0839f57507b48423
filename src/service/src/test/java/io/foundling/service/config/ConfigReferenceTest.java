package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.GoldenSection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigReferenceTest {

    @Test
    void shouldShowEveryKeyInTheDocumentation() {
        String table = ConfigKeys.all().stream().map(ConfigReferenceTest::row).collect(Collectors.joining("\n"));
        new GoldenSection("docs/configuration.md", "config")
                .shouldHold("| key | type | default | meaning |\n|---|---|---|---|\n" + table);
    }

    @ParameterizedTest
    @MethodSource("io.foundling.service.config.ConfigKeys#all")
    void shouldHaveADefaultThatItsTypeAcceptsWhenNotRequired(ConfigKey<?> key) {
        key.defaultText()
                .ifPresent(text -> assertThat(key.type().parser().apply(text))
                        .as(key.path())
                        .isPresent());
        assertThat(key.isRequired() && key.defaultText().isPresent()).isFalse();
    }

    private static String row(ConfigKey<?> key) {
        String fallback = key.isRequired()
                ? "required"
                : key.defaultText()
                        .map(text -> '`' + (text.isEmpty() ? "\"\"" : text) + '`')
                        .orElse("");
        return "| `%s` | %s | %s | %s |".formatted(key.path(), type(key), fallback, key.description());
    }

    private static String type(ConfigKey<?> key) {
        return key.type().label().equals("word")
                ? key.type().expected()
                : key.type().label();
    }
}
