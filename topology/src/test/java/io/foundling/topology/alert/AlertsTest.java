package io.foundling.topology.alert;

import static io.foundling.topology.alert.Accounts.ORPHANED;
import static io.foundling.topology.alert.Accounts.VIOLATIONS;
import static io.foundling.topology.alert.Accounts.ids;
import static io.foundling.topology.alert.Accounts.keys;
import static io.foundling.topology.alert.Accounts.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.Group;
import io.foundling.topology.harness.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the alerts task publishes for groups other than settlements. Proves rules A1, A6, A7, A8, A9 and A12. */
final class AlertsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AlertsHarness harness = new AlertsHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ORPHANED", "SUPERSEDED"})
    void shouldAddUpAllPartitionsWhenSubjectsCountInAGroup(AlertType type) {
        // Given
        Group group = Group.of(type, "university", "a stage/b");
        harness.send(of(group, 0, 2, "r1", "r2"));
        harness.send(of(group, 5, 1, "r0"));

        // When
        harness.look();

        // Then
        assertThat(harness.alerts())
                .singleElement()
                .satisfies(change -> assertThat(change.key()).isEqualTo(group.key()));
        Alert alert = harness.lastAlert();
        assertThat(alert.getType()).isEqualTo(type);
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.getCount()).isEqualTo(3);
        assertThat(alert.getSamples()).isEqualTo(keys("r0", "r1", "r2"));
        assertThat(alert.getStartsAt()).isEqualTo(harness.now());
        assertThat(alert.getEndsAt()).isNull();
        assertThat(alert.getLabels())
                .containsEntry("source", "university")
                .containsEntry("stage", "a stage/b")
                .containsEntry("severity", "warning")
                .hasSize(4);
        assertThat(alert.getAnnotations()).containsOnlyKeys("summary");
        assertThat(alert.getAnnotations().get("summary")).startsWith("3 ").contains(" of university/a stage/b ");
    }

    @Test
    void shouldSayHowManyAlertsFireAlsoAfterARestart() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.send(new Account("clock", 3, 1, 0, List.of("3"), false, 0, Optional.empty()));
        harness.look();
        harness.send(new Account("clock", 3, 0, 0, List.of(), false, 0, Optional.empty()));
        harness.look();
        Optional<Long> before = harness.firing(AlertType.ORPHANED);

        // When
        harness.restart();

        // Then
        assertThat(before).hasValue(1L);
        assertThat(harness.firing(AlertType.ORPHANED)).hasValue(1L);
        assertThat(harness.firing(AlertType.CLOCK)).hasValue(0L);
        assertThat(harness.firing(AlertType.SETTLEMENT)).hasValue(0L);
        harness.send(of(ORPHANED, 0, 0));
        harness.look();
        assertThat(harness.firing(AlertType.ORPHANED)).hasValue(0L);
    }

    @Test
    void shouldUpdateUnderTheSameStartWhenTheCountChanges() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        Instant began = harness.now();
        harness.send(of(ORPHANED, 1, 1, "r0"));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "FIRING 2");
        assertThat(harness.lastAlert().getStartsAt()).isEqualTo(began);
    }

    @Test
    void shouldRefillTheSamplesWhenOneOfThemComesBack() {
        // Given
        harness.send(of(ORPHANED, 0, 12, ids(0, 10)));
        harness.look();
        harness.send(of(ORPHANED, 0, 12, ids(1, 11)));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 12", "FIRING 12");
        assertThat(harness.lastAlert().getSamples()).isEqualTo(keys(ids(1, 11)));
    }

    @Test
    void shouldChangeOnceASecondAtMostHoweverManyAccountsCome() {
        // Given
        for (int count = 1; count <= 100; count++) {
            harness.send(of(ORPHANED, count % 6, count));
        }

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING " + (95 + 96 + 97 + 98 + 99 + 100));
    }

    @Test
    void shouldPublishNothingWhenASubjectComesAndGoesBetweenTwoLooks() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.send(of(ORPHANED, 0, 0));

        // When
        harness.look();

        // Then
        assertThat(harness.alerts()).isEmpty();
    }

    @Test
    void shouldResolveUnderTheSameKeyAndFireAnewWhenNobodyCountsInAGroupForAWhile() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        Instant began = harness.now();
        harness.send(of(ORPHANED, 0, 0));
        harness.look();
        Alert resolved = harness.lastAlert();
        harness.send(of(ORPHANED, 0, 1, "r2"));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0", "FIRING 1");
        assertThat(harness.alerts()).extracting(Change::key).containsOnly(ORPHANED.key());
        assertThat(resolved.getStartsAt()).isEqualTo(began);
        assertThat(resolved.getEndsAt()).isEqualTo(began.plus(SECOND));
        assertThat(resolved.getSamples()).isEmpty();
        assertThat(harness.lastAlert().getStartsAt()).isEqualTo(harness.now());
        assertThat(harness.lastAlert().getEndsAt()).isNull();
    }

    @Test
    void shouldGoOnWhereItWasWhenTheTaskRestarts() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        Instant began = harness.now();
        harness.send(of(ORPHANED, 1, 1, "r2"));
        harness.restart();

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "FIRING 2");
        assertThat(harness.lastAlert().getStartsAt()).isEqualTo(began);
    }

    @Test
    void shouldNameThePartitionsWhoseAuditClocksArePaused() {
        // Given
        harness.send(new Account("clock", 3, 1, 0, List.of("3"), false, 0, Optional.empty()));

        // When
        harness.look();

        // Then
        assertThat(harness.lastAlert().getLabels())
                .isEqualTo(Map.of("alertname", "FoundlingClock", "severity", "warning"));
        assertThat(harness.lastAlert().getSamples()).containsExactly("3");
        assertThat(harness.lastAlert().getAnnotations().get("summary")).startsWith("1 audit clock is paused");
    }

    @Test
    void shouldSaySoWhenASourceDropsEvents() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        harness.send(Accounts.incomplete(of(ORPHANED, 0, 1, "r1")));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "FIRING 1");
        assertThat(harness.lastAlert().getAnnotations()).containsEntry("completeness", "INCOMPLETE");
    }

    @Test
    void shouldLookAtAThousandGroupsASecondAndAtAllOfThemInTheEnd() {
        // Given
        for (int i = 0; i < 2_500; i++) {
            harness.send(of(Group.of(AlertType.ORPHANED, "university", "stage-" + i), 0, 1));
        }

        // When
        harness.look();

        // Then
        assertThat(harness.alerts()).hasSize(1_000);
        harness.look();
        assertThat(harness.alerts()).hasSize(2_000);
        harness.restart();
        harness.look();
        harness.look();
        assertThat(harness.alerts()).extracting(Change::key).hasSize(2_500).doesNotHaveDuplicates();
    }

    @Test
    void shouldCountViolationsSinceItBeganToFire() {
        // Given
        Duration quiet = Duration.ofHours(1);
        harness.send(of(VIOLATIONS, 0, 5, harness.now()));
        harness.look();
        harness.send(of(VIOLATIONS, 1, 2, harness.now()));
        harness.look();
        Instant changedAt = harness.now().minus(SECOND);
        harness.advance(Duration.between(harness.now(), changedAt.plus(quiet).minus(SECOND)));
        assertThat(harness.alertStory()).containsExactly("FIRING 5", "FIRING 7");
        harness.look();
        harness.send(of(VIOLATIONS, 1, 3, harness.now()));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 5", "FIRING 7", "RESOLVED 0", "FIRING 1");
        assertThat(harness.alerts().get(2).value().orElseThrow().getEndsAt()).isEqualTo(changedAt.plus(quiet));
        assertThat(harness.lastAlert().getStartsAt()).isEqualTo(harness.now());
    }

    @Test
    void shouldPublishViolationsThatAreOldWhenTheirAccountComes() {
        // Given
        Group gap = Group.gap("audit.events");
        harness.send(of(gap, 0, 40, harness.now().minus(Duration.ofDays(1))));
        harness.look();

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 40", "RESOLVED 0");
        Alert firing = harness.alerts().get(0).value().orElseThrow();
        assertThat(firing.getLabels())
                .isEqualTo(Map.of("alertname", "FoundlingGap", "severity", "critical", "topic", "audit.events"));
        assertThat(firing.getAnnotations())
                .containsEntry("summary", "40 offsets of topic audit.events were deleted before they were read");
    }
}
