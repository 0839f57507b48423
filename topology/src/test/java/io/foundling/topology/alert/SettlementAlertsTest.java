package io.foundling.topology.alert;

import static io.foundling.topology.alert.Accounts.BATCH;
import static io.foundling.topology.alert.Accounts.CLOSED_AT;
import static io.foundling.topology.alert.Accounts.SETTLED;
import static io.foundling.topology.alert.Accounts.figures;
import static io.foundling.topology.alert.Accounts.ids;
import static io.foundling.topology.alert.Accounts.keys;
import static io.foundling.topology.alert.Accounts.settlement;
import static io.foundling.topology.alert.Accounts.takenBack;
import static io.foundling.topology.alert.Accounts.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the alerts task publishes for settlements. Proves rules P9, P14, P15, P16, A1, A3, A5, A7 and A12. */
final class SettlementAlertsTest {

    private final AlertsHarness harness = new AlertsHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void shouldNameTheMissingMemberWhenAllPartitionsHaveAccounted() {
        // Given
        harness.send(settlement(0, figures(7, 2, 4, 0)));
        harness.send(settlement(1, figures(7, 2, 5, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.settlements()).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo(BATCH + "/1");
            assertThat(change.value())
                    .contains(Settlement.newBuilder()
                            .setParent(SubjectKey.parse(BATCH))
                            .setAttempt(1)
                            .setVersion(version(7))
                            .setClosedAt(CLOSED_AT)
                            .setExpected(null)
                            .setDeferred(10)
                            .setReturned(Map.of("COMPLETED", 9L))
                            .setMoved(0)
                            .setOrphaned(1)
                            .setMissing(keys("r10"))
                            .setOutcome(Status.COMPLETED)
                            .setIncomplete(false)
                            .build());
        });
        Alert alert = harness.lastAlert();
        assertThat(harness.alerts())
                .singleElement()
                .satisfies(change -> assertThat(change.key()).isEqualTo(SETTLED.key()));
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.getCount()).isEqualTo(1);
        assertThat(alert.getSamples()).isEqualTo(keys("r10"));
        assertThat(alert.getStartsAt()).isEqualTo(CLOSED_AT);
        assertThat(alert.getEndsAt()).isNull();
        assertThat(alert.getLabels())
                .isEqualTo(Map.of(
                        "alertname", "FoundlingSettlement",
                        "severity", "warning",
                        "kind", "batch",
                        "source", "university",
                        "stage", "payment-run",
                        "id", "2026-09-01",
                        "attempt", "1"));
        assertThat(alert.getAnnotations())
                .isEqualTo(Map.of(
                        "summary",
                                "1 of 10 members of batch 2026-09-01 (university/payment-run), attempt 1,"
                                        + " did not come back",
                        "outcome", "COMPLETED",
                        "deferred", "10",
                        "returned", "9",
                        "moved", "0",
                        "orphaned", "1"));
    }

    @Test
    void shouldWaitWhenThePartitionOfOneAccountIsMissing() {
        // Given
        harness.send(settlement(0, figures(7, 3, 4, 0)));
        harness.send(settlement(2, figures(7, 3, 5, 1), "r10"));
        harness.send(settlement(2, figures(7, 3, 5, 1), "r10"));

        // When
        harness.advance(Duration.ofDays(30));

        // Then
        assertThat(harness.settlements()).isEmpty();
        assertThat(harness.alerts()).isEmpty();
        harness.send(settlement(1, figures(7, 3, 0, 0)));
        harness.look();
        assertThat(harness.lastSettlement().getMissing()).isEqualTo(keys("r10"));
    }

    @Test
    void shouldAlertNobodyWhenAllCameBack() {
        // Given
        harness.send(settlement(0, figures(7, 1, 10, 0)));

        // When
        harness.look();

        // Then
        assertThat(harness.lastSettlement().getOrphaned()).isZero();
        assertThat(harness.alerts()).isEmpty();
        assertThat(harness.heard()).containsExactly("settlement");
    }

    @Test
    void shouldCorrectTheSettlementAndResolveWhenTheMemberReturns() {
        // Given
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));
        harness.look();
        harness.send(settlement(0, figures(7, 1, 10, 0)));

        // When
        harness.look();

        // Then
        assertThat(harness.settlements()).hasSize(2);
        assertThat(harness.lastSettlement().getReturned()).isEqualTo(Map.of("COMPLETED", 10L));
        assertThat(harness.lastSettlement().getMissing()).isEmpty();
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0");
        assertThat(harness.lastAlert().getStartsAt()).isEqualTo(CLOSED_AT);
        assertThat(harness.lastAlert().getEndsAt()).isEqualTo(harness.now());
        assertThat(harness.lastAlert().getSamples()).isEmpty();
        assertThat(harness.lastAlert().getAnnotations())
                .containsEntry(
                        "summary",
                        "Nobody is missing any more from batch 2026-09-01 (university/payment-run), attempt 1"
                                + " (10 members)");
        assertThat(harness.heard())
                .containsExactly("settlement", "SETTLEMENT FIRING", "settlement corrected", "SETTLEMENT RESOLVED");
    }

    @Test
    void shouldPublishNothingWhenAnAccountIsRepeated() {
        // Given
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));
        harness.look();
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.settlements()).hasSize(1);
        assertThat(harness.alerts()).hasSize(1);
    }

    @Test
    void shouldKeepTheOldSettlementWhileANewerVersionIsOnlyPartlyThere() {
        // Given
        harness.send(settlement(0, figures(7, 2, 4, 0)));
        harness.send(settlement(1, figures(7, 2, 5, 1), "r10"));
        harness.look();
        harness.send(settlement(0, figures(8, 2, 4, 2), "r1", "r2"));

        // When
        harness.look();

        // Then
        assertThat(harness.settlements()).hasSize(1);
        assertThat(harness.alertStory()).containsExactly("FIRING 1");
        harness.send(settlement(1, figures(8, 2, 5, 1), "r10"));
        harness.look();
        assertThat(harness.lastSettlement().getVersion()).isEqualTo(version(8));
        assertThat(harness.lastSettlement().getMissing()).isEqualTo(keys("r1", "r10", "r2"));
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "FIRING 3");
    }

    @Test
    void shouldLeaveOutAccountsOfOlderVersionsWhenTheyComeAfterNewerOnes() {
        // Given
        harness.send(settlement(1, figures(8, 2, 5, 1), "r10"));
        harness.send(settlement(0, figures(7, 2, 0, 9), ids(0, 9)));
        harness.look();
        harness.send(settlement(0, figures(8, 2, 4, 0)));

        // When
        harness.look();

        // Then
        assertThat(harness.settlements()).hasSize(1);
        assertThat(harness.lastSettlement().getDeferred()).isEqualTo(10);
        assertThat(harness.alertStory()).containsExactly("FIRING 1");
    }

    @Test
    void shouldPublishOnceWhenTheTaskRestartsBetweenTakingInAndPublishing() {
        // Given
        harness.send(settlement(0, figures(7, 2, 4, 0)));
        harness.look();
        harness.restart();
        harness.send(settlement(1, figures(7, 2, 5, 1), "r10"));
        harness.restart();

        // When
        harness.look();

        // Then
        harness.restart();
        harness.look();
        assertThat(harness.settlements()).hasSize(1);
        assertThat(harness.alertStory()).containsExactly("FIRING 1");
    }

    @Test
    void shouldTakeTheSettlementBackWhenTheParentIsNotClosedAfterAll() {
        // Given
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));
        harness.look();
        harness.send(settlement(0, takenBack(8, 1)));

        // When
        harness.look();

        // Then
        assertThat(harness.settlements()).hasSize(2);
        assertThat(harness.settlements().get(1).key()).isEqualTo(BATCH + "/1");
        assertThat(harness.settlements().get(1).value()).isEmpty();
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0");
        assertThat(harness.lastAlert().getAnnotations())
                .containsEntry(
                        "summary",
                        "The closing of batch 2026-09-01 (university/payment-run), attempt 1, was taken back");
    }

    @Test
    void shouldSettleAgainWhenAClosingThatWasTakenBackComesAfterAll() {
        // Given
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));
        harness.look();
        harness.send(settlement(0, takenBack(8, 1)));
        harness.look();
        harness.send(settlement(0, figures(9, 1, 9, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.lastSettlement().getVersion()).isEqualTo(version(9));
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0", "FIRING 1");
        assertThat(harness.heard()).endsWith("settlement", "SETTLEMENT FIRING");
    }

    @Test
    void shouldAlertNobodyWhenTheParentWasCancelled() {
        // Given
        harness.send(settlement(0, figures(7, 1, Status.CANCELLED, 20, 9, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.lastSettlement().getMissing()).isEqualTo(keys("r10"));
        assertThat(harness.lastSettlement().getOutcome()).isEqualTo(Status.CANCELLED);
        assertThat(harness.alerts()).isEmpty();
    }

    @Test
    void shouldResolveWhenTheOutcomeTurnsOutToBeCancelled() {
        // Given
        harness.send(settlement(0, figures(7, 1, Status.FAILED, -1, 9, 1), "r10"));
        harness.look();
        harness.send(settlement(0, figures(8, 1, Status.CANCELLED, -1, 9, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0");
        assertThat(harness.lastAlert().getAnnotations().get("summary")).endsWith("attempt 1, was cancelled");
    }

    @Test
    void shouldCountAnnouncedMembersThatWereNeverSeen() {
        // Given
        harness.send(settlement(0, figures(7, 2, Status.COMPLETED, 12, 4, 0)));
        harness.send(settlement(1, figures(7, 2, Status.COMPLETED, 12, 5, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.lastSettlement().getExpected()).isEqualTo(12);
        assertThat(harness.lastAlert().getCount()).isEqualTo(3);
        assertThat(harness.lastAlert().getAnnotations())
                .containsEntry("expected", "12")
                .containsEntry(
                        "summary",
                        "1 of 10 members of batch 2026-09-01 (university/payment-run), attempt 1,"
                                + " did not come back; 2 of 12 announced members were never seen");
    }

    @Test
    void shouldCountWhatCameBeyondTheAnnouncement() {
        // Given
        harness.send(settlement(0, figures(7, 1, Status.COMPLETED, 5, 9, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.lastAlert().getCount()).isEqualTo(6);
    }

    @Test
    void shouldNameTheFirst100WhenMoreAreMissing() {
        // Given
        harness.send(settlement(0, figures(7, 2, 0, 150), ids(50, 150)));
        harness.send(settlement(1, figures(7, 2, 0, 50), ids(0, 50)));

        // When
        harness.look();

        // Then
        assertThat(harness.lastSettlement().getOrphaned()).isEqualTo(200);
        assertThat(harness.lastSettlement().getMissing()).isEqualTo(keys(ids(0, 100)));
        assertThat(harness.lastAlert().getSamples()).isEqualTo(keys(ids(0, 10)));
    }

    @Test
    void shouldSaySoWhenAnAccountIsIncomplete() {
        // Given
        harness.send(Accounts.incomplete(settlement(0, figures(7, 2, 9, 0))));
        harness.send(settlement(1, figures(7, 2, 9, 1), "r10"));

        // When
        harness.look();

        // Then
        assertThat(harness.lastSettlement().getIncomplete()).isTrue();
        assertThat(harness.lastAlert().getAnnotations()).containsEntry("completeness", "INCOMPLETE");
    }

    @Test
    void shouldReportAMillionMissingMembersAtOnce() {
        // Given
        harness.send(settlement(0, figures(7, 1, 0, 1_000_000), ids(0, 100)));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1000000");
    }
}
