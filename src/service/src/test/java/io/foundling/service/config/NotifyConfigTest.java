package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.PolicyAlert;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is configured for people: what policies add to alerts, and who receives them. */
final class NotifyConfigTest {

    @Test
    void shouldReadWhatAPolicyAddsToAlerts() {
        // When
        ServiceConfig config = ConfigReaderTest.read(ConfigReaderTest.REQUIRED + """
                policies:
                  - name: a
                    stage: declaration
                    severity: critical
                    labels: {team: declarations}
                    annotations: {runbook_url: "https://runbook"}
                """);

        // Then
        assertThat(config.ledger().policySet().alerts())
                .containsExactly(new PolicyAlert(
                        "a",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("declaration"),
                        Optional.of("critical"),
                        Map.of("team", "declarations"),
                        Map.of("runbook_url", "https://runbook")));
    }

    @Test
    void shouldReadAnOwnerAsALabel() {
        // When
        ServiceConfig config = ConfigReaderTest.read(ConfigReaderTest.REQUIRED + """
                policies:
                  - {name: a, owner: registry, labels: {room: "12"}}
                """);

        // Then
        assertThat(config.ledger().policySet().alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.labels())
                        .containsExactlyInAnyOrderEntriesOf(Map.of("owner", "registry", "room", "12")));
    }

    @Test
    void shouldRefuseAnOwnerThatIsALabelToo() {
        assertThat(ConfigReaderTest.problems(ConfigReaderTest.REQUIRED
                        + "policies: [{name: a, owner: registry, labels: {owner: archive}}]\n"))
                .singleElement()
                .asString()
                .contains("policies[].labels names 'owner' beside policies[].owner, expected only one of them");
    }

    @Test
    void shouldRefuseALabelThatIsTaken() {
        assertThat(ConfigReaderTest.problems(
                        ConfigReaderTest.REQUIRED + "policies: [{name: a, labels: {source: b}}]\n"))
                .singleElement()
                .asString()
                .contains("policies[].labels names 'source', which Foundling sets itself");
    }

    @Test
    void shouldListAllProblemsOfReceiversWhenSeveralAreFound() {
        assertThat(ConfigReaderTest.problems(ConfigReaderTest.REQUIRED + """
                        notify: {consoleUrl: console}
                        receivers:
                          - {name: a, kind: PAGER, url: "http://a"}
                          - {name: b, kind: WEBHOOK, url: "http://b,http://c"}
                          - {name: b, kind: ALERTMANAGER, url: "http://b", secretFile: key}
                          - {kind: WEBHOOK, secret: hush}
                          - {name: c, kind: WEBHOOK, url: "https://c", certificateFile: tls.crt}
                        """))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("unknown key 'receivers[].secret'"),
                        problem -> assertThat(problem)
                                .contains("receivers[].kind is 'PAGER', expected one of ALERTMANAGER, WEBHOOK"),
                        problem -> assertThat(problem).contains("names several URLs, expected one"),
                        problem ->
                                assertThat(problem).contains("receivers[].secretFile is for a WEBHOOK only; remove it"),
                        problem -> assertThat(problem).contains("receivers[].name 'b' is there twice"),
                        problem -> assertThat(problem).contains("receivers[].name is missing"),
                        problem -> assertThat(problem).contains("either receivers[].url or receivers[].urlFile"),
                        problem -> assertThat(problem)
                                .contains("needs both receivers[].certificateFile and receivers[].keyFile, or none"),
                        problem -> assertThat(problem).contains("notify.consoleUrl is 'console', expected an http"));
    }
}
