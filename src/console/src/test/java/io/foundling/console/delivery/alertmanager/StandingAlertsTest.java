package io.foundling.console.delivery.alertmanager;

import static io.foundling.console.delivery.Changes.KEY;
import static io.foundling.console.delivery.Changes.LABELS;
import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.labelled;
import static io.foundling.console.delivery.Changes.labels;
import static io.foundling.console.delivery.Changes.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingAlertsTest {

    private static final Instant NOW = FakeClock.START;

    private final StandingAlerts alerts = new StandingAlerts();

    @Test
    void shouldGoOnFiringWhenAnAlertThatFiredCannotBeReadAfterARestart() {
        // Given
        alerts.restore(progress(firing(1, 1)));

        // When
        alerts.unreadable(KEY);
        alerts.begin(NOW);

        // Then
        assertThat(sent()).singleElement().satisfies(alert -> {
            assertThat(alert.endsAt()).isEmpty();
            assertThat(alert.labels()).isEqualTo(LABELS);
            assertThat(alert.annotations()).containsKey("summary");
        });
    }

    @Test
    void shouldSendTheNewestStateWhenAnAlertCanBeReadAgain() {
        // Given
        alerts.restore(progress(firing(1, 1)));
        alerts.unreadable(KEY);
        alerts.begin(NOW);

        // When
        alerts.changed(resolved(3, NOW), NOW);

        // Then
        assertThat(sent())
                .singleElement()
                .satisfies(alert -> assertThat(alert.endsAt()).contains(NOW));
    }

    @Test
    void shouldSendNothingWhenAnAlertThatHadEndedCannotBeRead() {
        // Given
        alerts.restore(progress(resolved(2, NOW)));

        // When
        alerts.unreadable(KEY);
        alerts.begin(NOW);

        // Then
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldEndTheLabelsThatFiredWhenAPolicyGaveOthersToTheEnd() {
        // Given
        alerts.restore(progress(firing(1, 1)));

        // When
        alerts.changed(resolved(2, labels("critical"), NOW), NOW);

        // Then
        assertThat(sent())
                .singleElement()
                .satisfies(alert -> assertThat(alert.labels()).isEqualTo(LABELS));
    }

    @Test
    void shouldWriteOnceThatAnAlertFiresAndNothingOfItsCounts() {
        // Given
        alerts.begin(NOW);
        alerts.changed(firing(1, 1), NOW);
        alerts.reached(alerts.revision());
        assertThat(alerts.unwritten()).hasSize(1);

        // When
        alerts.changed(firing(2, 2), NOW);
        alerts.reached(alerts.revision());

        // Then
        assertThat(alerts.unwritten()).isEmpty();
    }

    @Test
    void shouldKeepWhatWasDeliveredWhenAnOlderStateWasRefused() {
        // Given
        alerts.begin(NOW);
        alerts.changed(firing(1, 1), NOW);
        StandingAlerts.Changes older = alerts.since(-1, NOW);
        alerts.changed(resolved(2, NOW), NOW);

        // When
        alerts.refused(older.alerts(), older.revision(), "400", NOW);
        alerts.reached(alerts.revision());

        // Then
        assertThat(alerts.unwritten().get(KEY).orElseThrow().outcome().result()).isEqualTo(DeliveryResult.DELIVERED);
    }

    @Test
    void shouldWriteThatAnAlertFiresAgainWhenItWasRemovedBefore() {
        // Given
        alerts.begin(NOW);
        alerts.changed(firing(1, 1), NOW);
        alerts.removed(KEY, NOW);
        alerts.reached(alerts.revision());
        assertThat(alerts.unwritten()).containsOnly(entry(KEY, Optional.empty()));

        // When
        alerts.changed(firing(3, 1), NOW);
        alerts.reached(alerts.revision());

        // Then
        assertThat(alerts.unwritten().get(KEY)).isPresent();
    }

    @Test
    void shouldSendAnEndOnceWhenNothingElseChanges() {
        // Given
        alerts.begin(NOW);
        alerts.changed(firing(1, 1), NOW);
        alerts.changed(resolved(2, NOW), NOW);

        // When
        StandingAlerts.Changes changes = alerts.since(-1, NOW);

        // Then
        assertThat(changes.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.endsAt()).contains(NOW));
        assertThat(alerts.since(changes.revision(), NOW).alerts()).isEmpty();
    }

    @Test
    void shouldFireNoLongerWhenAnAlertIsRemoved() {
        // Given
        alerts.begin(NOW);
        alerts.changed(firing(1, 1), NOW);

        // When
        alerts.removed(KEY, NOW);

        // Then
        assertThat(sent())
                .singleElement()
                .satisfies(alert -> assertThat(alert.endsAt()).contains(NOW));
    }

    @Test
    void shouldSendTheEndAsItWas() {
        // When
        alerts.changed(resolved(2, NOW.plusSeconds(60)), NOW.plusSeconds(90));

        // Then
        assertThat(sent())
                .singleElement()
                .satisfies(alert -> assertThat(alert.endsAt()).contains(NOW.plusSeconds(60)));
    }

    @Test
    void shouldWriteWhatAnInstanceKnowsAlthoughAnotherKnowsLess() {
        // Given
        alerts.begin(NOW);
        alerts.changed(firing(1, 1), NOW);
        alerts.changed(resolved(2, NOW), NOW);

        // When
        alerts.reached(2);
        alerts.reached(1);

        // Then
        assertThat(alerts.unwritten().get(KEY).orElseThrow().firing()).isFalse();
    }

    @Test
    void shouldWriteThatAnAlertEndedUnderTheLabelsThatFired() {
        // Given
        alerts.begin(NOW);
        alerts.changed(firing(1, 1), NOW);
        alerts.reached(1);
        alerts.unwritten();

        // When
        alerts.changed(resolved(2, NOW), NOW);
        alerts.reached(2);

        // Then
        assertThat(alerts.unwritten().get(KEY).orElseThrow().firing()).isFalse();
    }

    @Test
    void shouldEndNothingWhenAnAlertThatHadEndedFiresUnderOtherLabels() {
        // Given
        alerts.restore(progress(resolved(2, NOW)));

        // When
        alerts.changed(labelled(3, labels("critical")), NOW);
        alerts.begin(NOW);

        // Then
        assertThat(sent())
                .singleElement()
                .satisfies(alert -> assertThat(alert.labels()).isEqualTo(labels("critical")));
    }

    @Test
    void shouldKeepWhatItKnowsWhenTheNextRecordCannotBeRead() {
        // Given
        alerts.restore(progress(firing(1, 1)));
        alerts.changed(firing(2, 4_711), NOW);

        // When
        alerts.unreadable(KEY);

        // Then
        assertThat(sent())
                .singleElement()
                .satisfies(alert -> assertThat(alert.annotations()).containsEntry("count", "4711"));
    }

    @Test
    void shouldSendNothingOfWhatEndedLongAgo() {
        // When
        alerts.changed(resolved(2, NOW), NOW.plus(StandingAlerts.REPEATS_END_FOR));

        // Then
        assertThat(sent()).isEmpty();
    }

    private List<SentAlert> sent() {
        return alerts.since(-1, NOW).alerts();
    }

    private static Progress progress(Notification done) {
        return Progress.of(done, new Progress.Outcome(DeliveryResult.DELIVERED, 1, "", NOW));
    }
}
