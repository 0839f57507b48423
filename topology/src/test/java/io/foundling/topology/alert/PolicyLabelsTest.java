package io.foundling.topology.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.topology.account.Group;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.StoreKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What policies add to alerts. Proves rules A12 and A14. */
final class PolicyLabelsTest {

    private static final PolicyAlert CRITICAL =
            added("university", "critical", Map.of("team", "declarations"), Map.of("runbook_url", "https://runbook"));
    private static final PolicyAlert OTHERS = added("university", "info", Map.of("team", "all"), Map.of());

    private AlertsHarness harness;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void shouldHaveWhatTheFirstPolicyOfItsSourceAndStageNames() {
        // Given
        harness = harness(CRITICAL, OTHERS);

        // When
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 1));
        harness.look();

        // Then
        Alert alert = harness.lastAlert();
        assertThat(alert.getLabels())
                .containsEntry("severity", "critical")
                .containsEntry("team", "declarations")
                .containsEntry("source", "university");
        assertThat(alert.getAnnotations()).containsEntry("runbook_url", "https://runbook");
    }

    @Test
    void shouldKeepItsOwnSeverityWhenViolationsAreCounted() {
        // Given
        harness = harness(CRITICAL);

        // When
        harness.send(Accounts.of(Accounts.VIOLATIONS, 0, 1));
        harness.look();

        // Then
        assertThat(harness.lastAlert().getLabels())
                .containsEntry("severity", "warning")
                .containsEntry("team", "declarations");
    }

    @Test
    void shouldHaveNothingOfAPolicyForAnotherSource() {
        // Given
        harness = harness(added("payroll", "critical", Map.of("team", "payroll"), Map.of()));

        // When
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 1));
        harness.look();

        // Then
        assertThat(harness.lastAlert().getLabels())
                .containsEntry("severity", "warning")
                .doesNotContainKey("team");
    }

    @Test
    void shouldPublishTheAlertOnceWhenThePoliciesHaveChanged() {
        // Given
        harness = harness(OTHERS);
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 3));
        harness.look();

        // When
        harness.restartWith(settings(CRITICAL));
        harness.look();
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 3", "FIRING 3");
        assertThat(harness.lastAlert().getLabels()).containsEntry("severity", "critical");
        assertThat(harness.alerts().get(1).value().orElseThrow().getStartsAt())
                .isEqualTo(harness.alerts().get(0).value().orElseThrow().getStartsAt());
    }

    @Test
    void shouldPublishTheAlertOnceWhenThePoliciesChangeWhileItRuns() {
        // Given
        harness = harness(OTHERS);
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 3));
        harness.send(Accounts.of(Group.of(AlertType.ORPHANED, "payroll", "run"), 0, 1));
        harness.look();

        // When
        harness.reload(settings(CRITICAL));
        harness.look();
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "FIRING 3", "FIRING 3");
        assertThat(harness.lastAlert().getLabels())
                .containsEntry("severity", "critical")
                .containsEntry("team", "declarations");
        assertThat(harness.lastAlert().getAnnotations()).containsEntry("runbook_url", "https://runbook");
    }

    @Test
    void shouldPublishTheAlertAtOnceWhenThePoliciesChangeAfterAClockWasAhead() {
        // Given
        harness = harness(OTHERS);
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 3));
        harness.look();
        harness.advance(Duration.ofDays(1));
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 4));
        harness.look();
        harness.clockFallsBack(Duration.ofDays(1));

        // When
        harness.reload(settings(CRITICAL));
        harness.look();
        harness.look();

        // Then
        assertThat(harness.lastAlert().getLabels()).containsEntry("severity", "critical");
    }

    @Test
    void shouldLookAtNoMoreGroupsAtOnceThanItTakesWhenThePoliciesChange() {
        // Given
        harness = harness(OTHERS);
        int groups = AlertsProcessor.MAX_GROUPS + 500;
        for (int i = 0; i < groups; i++) {
            harness.send(Accounts.of(Group.of(AlertType.ORPHANED, "university", "stage" + i), 0, 1));
        }
        harness.look();
        harness.look();
        assertThat(harness.alerts()).hasSize(groups);

        // When
        harness.reload(settings(CRITICAL));
        harness.look();
        int first = harness.alerts().size() - groups;
        long dueAfterOne = countDue();
        harness.look();

        // Then
        assertThat(dueAfterOne).isZero();
        assertThat(first).isEqualTo(AlertsProcessor.MAX_GROUPS);
        assertThat(harness.alerts()).hasSize(2 * groups);
    }

    @Test
    void shouldRelabelTheRestWhenTheTaskStartsAgainInTheMiddleOfAWalk() {
        // Given
        harness = harness(OTHERS);
        int groups = AlertsProcessor.MAX_GROUPS + 500;
        for (int i = 0; i < groups; i++) {
            harness.send(Accounts.of(Group.of(AlertType.ORPHANED, "university", "stage" + i), 0, 1));
        }
        harness.look();
        harness.look();
        harness.reload(settings(CRITICAL));
        harness.look();

        // When
        harness.restart();
        harness.look();

        // Then
        assertThat(harness.alerts()).hasSize(2 * groups);
    }

    @Test
    void shouldPublishNothingWhenThePoliciesAreTheSameAfterARestart() {
        // Given
        harness = harness(OTHERS);
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 3));
        harness.look();

        // When
        harness.restart();
        harness.look();

        // Then
        assertThat(harness.alerts()).hasSize(1);
    }

    @Test
    void shouldResolveWithTheLabelsWithWhichItFired() {
        // Given
        harness = harness(OTHERS);
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 3));
        harness.look();

        // When
        harness.send(Accounts.of(Accounts.ORPHANED, 0, 0));
        harness.look();

        // Then
        assertThat(harness.lastAlert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(harness.lastAlert().getLabels()).containsEntry("team", "all").containsEntry("severity", "info");
    }

    @Test
    void shouldRefuseNamesThatAreTaken() {
        harness = harness();
        assertThatThrownBy(() -> labelled("source")).hasMessage("labels names 'source', which Foundling sets itself");
        assertThatThrownBy(() -> labelled("my-team")).hasMessageContaining("labels names 'my-team', must be letters");
        assertThatThrownBy(() -> added("a", "info", Map.of(), Map.of("summary", "a")))
                .hasMessageContaining("annotations names 'summary'");
    }

    private static PolicyAlert labelled(String name) {
        return added("a", "info", Map.of(name, "a"), Map.of());
    }

    private long countDue() {
        return harness.contents().keySet().stream()
                .filter(key -> key.get()[0] == AlertKeys.LOOK
                        && StoreKeys.timeOf(key) <= harness.now().toEpochMilli())
                .count();
    }

    private static AlertsHarness harness(PolicyAlert... added) {
        return new AlertsHarness(settings(added));
    }

    private static LedgerSettings settings(PolicyAlert... added) {
        return Settings.of(LedgerSettings.defaults("audit.events", 6))
                .policySet(new PolicySet(List.of(), List.of(), List.of(added)));
    }

    private static PolicyAlert added(
            String source, String severity, Map<String, String> labels, Map<String, String> annotations) {
        return new PolicyAlert(
                "a",
                Optional.empty(),
                Optional.of(source),
                Optional.empty(),
                Optional.of(severity),
                labels,
                annotations);
    }
}
