package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.PolicyMatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies with {@code after} and {@code expect}. */
final class ExpectationReaderTest {

    private static ServiceConfig read(String policies) {
        return new ConfigReader(Map.of()).read("foundling.yaml", """
                kafka: {bootstrap.servers: 'localhost:9092'}
                avro: {schema.registry.url: 'http://localhost:8081'}
                policies:
                """ + policies);
    }

    @Test
    void shouldReadAnExpectationWithItsDefaults() {
        // When
        ServiceConfig config = read("""
                  - {name: parse, after: {stage: extract}, expect: {stage: parse, within: 2h}}
                  - {name: other, window: 1h}
                """);

        // Then
        assertThat(config.ledger().expectations())
                .containsExactly(new Expectation(
                        "parse",
                        new PolicyMatch(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("extract"),
                                Optional.of(Status.COMPLETED)),
                        new Expectation.Expected(Optional.empty(), Optional.empty(), "parse", "{id}"),
                        Duration.ofHours(2)));
        assertThat(config.ledger().policies()).hasSize(1);
        assertThat(config.ledgerSettings(1, Set.of()).expectations()).hasSize(1);
    }

    @Test
    void shouldReadEveryKey() {
        // When
        List<Expectation> expectations = read("""
                  - name: parse
                    after: {kind: BATCH, source: a, stage: extract, status: FAILED}
                    expect: {kind: EXPORT, source: b, stage: parse, id: 'x-{id}', within: 1d}
                """).ledger().expectations();

        // Then
        assertThat(expectations)
                .containsExactly(new Expectation(
                        "parse",
                        new PolicyMatch(
                                Optional.of(SubjectKind.BATCH),
                                Optional.of("a"),
                                Optional.of("extract"),
                                Optional.of(Status.FAILED)),
                        new Expectation.Expected(Optional.of(SubjectKind.EXPORT), Optional.of("b"), "parse", "x-{id}"),
                        Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after: {}", "expect: {}", "after: {}, expect: {}"})
    void shouldNameTheMissingKeysWhenSectionsAreEmpty(String sections) {
        // When & Then
        assertThatThrownBy(() -> read("  - {name: parse, " + sections + "}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("policies[].after.stage is missing")
                .hasMessageContaining("policies[].expect.stage is missing")
                .hasMessageContaining("policies[].expect.within is missing");
    }

    @Test
    void shouldRefuseATimeThatIsLongerThanTheLedgerRemembersTheFirstSubject() {
        // Given
        String longest = "  - {name: parse, after: {stage: extract}, expect: {stage: parse, within: 8d}}";

        // When & Then
        assertThat(read(longest).ledger().expectations()).hasSize(1);
        assertThatThrownBy(() -> read(longest.replace("8d", "691201s")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 4: policies[].expect.within is 691201s, expected at most 8d")
                .hasMessageContaining("retention.memory")
                .hasMessageContaining("retention.completed");
    }

    @Test
    void shouldListAllProblems() {
        // When & Then
        assertThatThrownBy(() -> read("""
                          - {after: {stage: extract}, expect: {stage: parse, within: soon}}
                          - {name: b, after: {status: EXPECTED}, expect: {id: fixed}, window: 1h}
                          - {name: c, after: {stage: 1, colour: red}, expect: {stage: 2, id: fixed, within: 1h}}
                          - {name: c, after: {stage: 3}, expect: {stage: 4, within: 1h}}
                          - {name: d, after: {stage: 4}, expect: {stage: 3, within: 1h}}
                        """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("policies[].name is missing")
                .hasMessageContaining("policies[].expect.within is 'soon', expected a duration")
                .hasMessageContaining("policies[].after.stage is missing, expected one")
                .hasMessageContaining("policies[].after.status is 'EXPECTED', expected one of")
                .hasMessageContaining("policies[].expect.stage is missing, expected one")
                .hasMessageContaining("policies[].window is set beside after and expect")
                .hasMessageContaining("unknown key 'policies[].after.colour'")
                .hasMessageContaining("policies[].expect: id is 'fixed', must have {id} in it once")
                .hasMessageContaining("policies[].name 'c' is there twice")
                .hasMessageContaining("expectations 'c', 'd' form a circle");
    }
}
