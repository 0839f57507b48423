package io.foundling.service.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ConfigurationException;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.PolicySet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies as text, written and read. */
class PolicyYamlTest {

    private static final Retention RETENTION =
            LedgerSettings.defaults("audit.events", 1).retention();

    private static final String ALL = """
            policies:
            - name: approval
              kind: RECORD
              source: university
              stage: declaration
              status: DEFERRED
              window: 14d
              grace: 90s
              repeat: 1d
              severity: page
              owner: registry
              labels:
                room: '17'
                team: finance
              annotations:
                runbook_url: https://wiki.example/approval
            - name: 'yes'
              expectsOutput: true
              singleRun: SAME_DETAIL
              freshBy: 0 7 * * MON-FRI
              holidays:
              - '2026-12-25'
              - '2027-01-01'
              volumePercent: 30
              volumeFloor: 100
              volumeMonthEnds: true
              zone: Europe/Zurich
            - name: batches
              kind: BATCH
              memberCount: rows
            - name: invoice
              after:
                source: university
                stage: matriculation
                status: COMPLETED
              expect:
                kind: RECORD
                source: billing
                stage: invoice
                id: inv-{id}
                within: 36h
            """;

    @Test
    void shouldWriteWhatItReads() {
        // When
        PolicySet policies = read(ALL);

        // Then
        assertThat(PolicyYaml.of(policies)).isEqualTo(ALL);
        assertThat(read(PolicyYaml.of(policies))).isEqualTo(policies);
    }

    @Test
    void shouldWriteNoPolicies() {
        assertThat(read(PolicyYaml.of(PolicySet.NONE))).isEqualTo(PolicySet.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty, expected policies",
                "'{kafka: {ssl.keystore.location: /etc/passwd}, policies: []}' | kafka.ssl.keystore.location is there, expected nothing but policies",
                "'{console: {passwordFile: /etc/passwd}}' | console.passwordFile is there, expected nothing but policies",
                "'receivers: [{name: a}]' | receivers is there, expected nothing but policies",
                "'policies: [{name: a, window: soon}]' | policies[].window is 'soon'",
                "'policies: [{name: a, colour: red}]' | unknown key 'policies[].colour'",
                "'policies: [' | is not valid YAML",
                "'policies: [{name: a, after: {stage: x}, expect: {stage: y, within: 400d}}]' | policies[].expect.within is 400d"
            })
    void shouldSayWhatIsWrong(String yaml, String sentence) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("root:");
    }

    @Test
    void shouldListAllProblems() {
        assertThatThrownBy(() -> read("policies: [{name: a, window: soon}, {name: a, grace: later}]"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        invalid -> assertThat(invalid.problems()).hasSize(3));
    }

    private static PolicySet read(String yaml) {
        return new ConfigReader(Map.of()).policies("the body", yaml, RETENTION);
    }
}
