package io.foundling.topology.alert;

import static io.foundling.topology.alert.Accounts.ORPHANED;
import static io.foundling.topology.alert.Accounts.VIOLATIONS;
import static io.foundling.topology.alert.Accounts.figures;
import static io.foundling.topology.alert.Accounts.of;
import static io.foundling.topology.alert.Accounts.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a resolved alert and its group are removed, and what stays. Proves rules A8, A9 and A10. */
final class AlertRemovalTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final AlertsHarness harness = new AlertsHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void shouldRemoveEverythingOfAGroupWhenItHasBeenResolvedForAWeek() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.send(of(ORPHANED, 1, 0));
        harness.look();
        harness.send(of(ORPHANED, 0, 0));
        harness.look();
        harness.advance(WEEK.minus(SECOND));
        assertThat(harness.alertStory()).endsWith("RESOLVED 0");

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).endsWith("RESOLVED 0", "-");
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldKeepTheSettlementWhenItsAlertIsRemoved() {
        // Given
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));
        harness.look();
        harness.send(settlement(0, figures(7, 1, 10, 0)));
        harness.look();

        // When
        harness.advance(WEEK);

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0", "-");
        assertThat(harness.settlements())
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.value()).isPresent());
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldForgetASettlementThatNeverAlertedWithoutATrace() {
        // Given
        harness.send(settlement(0, figures(7, 1, 10, 0)));
        harness.look();

        // When
        harness.advance(WEEK);

        // Then
        assertThat(harness.alerts()).isEmpty();
        assertThat(harness.settlements()).hasSize(1);
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldKeepFiringForAsLongAsAnySubjectCounts() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();

        // When
        harness.advance(Duration.ofDays(365));

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1");
        assertThat(harness.contents()).isNotEmpty();
    }

    @Test
    void shouldNotForgetWhatWasCountedWhenTheAlertIsRemoved() {
        // Given
        harness.send(of(VIOLATIONS, 0, 1_000, harness.now()));
        harness.send(of(VIOLATIONS, 1, 1_000, harness.now()));
        harness.look();
        harness.advance(Duration.ofHours(1));
        harness.advance(WEEK);
        harness.send(of(VIOLATIONS, 0, 1_001, harness.now()));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 2000", "RESOLVED 0", "-", "FIRING 1");
    }
}
