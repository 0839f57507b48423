package io.foundling.console.delivery.webhook;

import static io.foundling.console.delivery.Changes.KEY;
import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.firingAlone;
import static io.foundling.console.delivery.Changes.labelled;
import static io.foundling.console.delivery.Changes.labels;
import static io.foundling.console.delivery.Changes.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.Progress;
import io.foundling.console.topics.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingAlertsTest extends PendingAlertsHarness {

    @Test
    void shouldSendTheEndWhenItComesWhileACountIsOnItsWay() {
        // Given
        PendingAlerts.Delivery count = countOnItsWay();

        // When
        changed(resolved(3, clock.instant()));
        delivered(count);

        // Then
        assertThat(deliverAll()).containsExactly(KEY + "#3");
    }

    @Test
    void shouldSendTheEndWhenTheAlertIsRemovedWhileACountIsOnItsWay() {
        // Given
        PendingAlerts.Delivery count = countOnItsWay();

        // When
        pending.removed(KEY, clock.instant(), clock.millis());
        delivered(count);

        // Then
        assertThat(deliverAll()).containsExactly(KEY + "#2/removed");
    }

    @Test
    void shouldSendTheNewestCountWhenItComesWhileACountIsOnItsWay() {
        // Given
        PendingAlerts.Delivery count = countOnItsWay();

        // When
        changed(firing(3, 3));
        changed(firing(4, 4));
        delivered(count);
        clock.passes(UPDATES);

        // Then
        assertThat(deliverAll()).containsExactly(KEY + "#4");
    }

    @Test
    void shouldRepeatTheSameDeliveryWhenAChangeCameWhileItFailed() {
        // Given
        PendingAlerts.Delivery count = countOnItsWay();

        // When
        changed(resolved(3, clock.instant()));
        pending.failed(count, Duration.ZERO, clock.millis());
        clock.passes(Duration.ofSeconds(1));

        // Then
        PendingAlerts.Delivery again = pending.next(clock.millis()).orElseThrow();
        assertThat(again.change()).isEqualTo(count.change());
        assertThat(again.attempt()).isEqualTo(2);
        delivered(again);
        assertThat(deliverAll()).containsExactly(KEY + "#3");
    }

    @ParameterizedTest
    @ValueSource(ints = {AlertQueue.MAX_WAITING, AlertQueue.MAX_WAITING + 1, 1_000, 1_001})
    void shouldRepeatTheSameDeliveryAndKeepTheOrderWhenAnAlertFlapsMeanwhile(int changes) {
        // Given
        begin();
        changed(firing(1, 1));
        PendingAlerts.Delivery beginning = pending.next(clock.millis()).orElseThrow();

        // When
        for (int version = 2; version <= changes; version++) {
            clock.passes(Duration.ofSeconds(1));
            changed(version % 2 == 0 ? resolved(version, clock.instant()) : firing(KEY, version, 1, clock.instant()));
        }
        pending.failed(beginning, Duration.ZERO, clock.millis());
        clock.passes(Duration.ofMinutes(1));

        // Then
        List<String> ids = deliverAll();
        assertThat(ids).hasSizeBetween(AlertQueue.MAX_WAITING - 2, AlertQueue.MAX_WAITING);
        assertThat(ids.get(0)).isEqualTo(KEY + "#1");
        assertThat(ids.get(ids.size() - 1)).isEqualTo(KEY + "#" + changes);
        for (int i = 0; i < ids.size(); i++) {
            int version = Integer.parseInt(ids.get(i).substring(KEY.length() + 1));
            assertThat(version % 2).as(ids.toString()).isEqualTo((i + 1) % 2);
        }
    }

    @Test
    void shouldSendNewLabelsAsSoonAsANewCountWhenCountsComeSooner() {
        // Given
        PendingAlerts often = new PendingAlerts(Duration.ofSeconds(10));
        often.prepare(false, clock.instant(), clock.millis());
        often.begin();
        often.changed(labelled(1, labels("warning")), clock.millis());
        PendingAlerts.Delivery beginning = often.next(clock.millis()).orElseThrow();
        often.done(beginning, outcome(DeliveryResult.DELIVERED), clock.millis());

        // When
        often.changed(labelled(2, labels("critical")), clock.millis());

        // Then
        assertThat(often.wakeMs())
                .isEqualTo(clock.instant().plus(Duration.ofSeconds(10)).toEpochMilli());
    }

    @Test
    void shouldSendAtOnceThatItFiresAgainWhenItsEndWasMissed() {
        // Given
        pending.restore(progress(firing(1, 1)), clock.millis());

        // When
        changed(firing(KEY, 3, 1, clock.instant().plusSeconds(1)));
        begin();

        // Then
        assertThat(deliverAll()).containsExactly(KEY + "#3");
    }

    @Test
    void shouldCountOverdueFromTheFirstChangeUntilTheEndComes() {
        // Given
        begin();
        changed(firing(1, 1));
        clock.passes(Duration.ofSeconds(7));

        // When
        changed(firing(2, 2));
        changed(firingAlone("orphaned/s/1", 1, clock.instant()));

        // Then
        assertThat(pending.overdueMs(clock.millis())).isEqualTo(7_000);
    }

    @Test
    void shouldSendTheNewestCountAfterAMinuteWhenTheReceiverRefusedTheOneBefore() {
        // Given
        PendingAlerts.Delivery count = countOnItsWay();
        pending.done(count, outcome(DeliveryResult.REFUSED), clock.millis());

        // When
        changed(firing(3, 3));

        // Then
        assertThat(pending.wakeMs()).isEqualTo(clock.millis() + AlertQueue.NEWS_AFTER.toMillis());
    }

    @Test
    void shouldSendAtOnceThatItFiresAgainWhenItSaysTheSameStart() {
        // Given
        begin();
        changed(firing(1, 1));
        changed(resolved(2, clock.instant()));
        deliverAll();

        // When
        changed(firing(3, 1));

        // Then
        assertThat(deliverAll()).containsExactly(KEY + "#3");
    }

    @Test
    void shouldCountTheTimeBetweenUpdatesFromWhatAFormerOwnerSent() {
        // Given
        Progress former = progress(firing(1, 1));
        clock.passes(Duration.ofMinutes(4));
        pending.restore(former, clock.millis());

        // When
        changed(firing(2, 2));
        begin();

        // Then
        assertThat(pending.wakeMs()).isEqualTo(FakeClock.START.plus(UPDATES).toEpochMilli());
    }

    @Test
    void shouldCountOverdueFromTheChangeWhileItIsUnderWayAndAfterItFailed() {
        // Given
        begin();
        changed(firing(1, 1));
        clock.passes(Duration.ofSeconds(7));

        // When
        PendingAlerts.Delivery delivery = pending.next(clock.millis()).orElseThrow();

        // Then
        assertThat(pending.overdueMs(clock.millis())).isEqualTo(7_000);
        pending.failed(delivery, Duration.ZERO, clock.millis());
        assertThat(pending.overdueMs(clock.millis())).isEqualTo(7_000);
    }

    @Test
    void shouldNotBeOverdueWhileACountWaitsOrNothingDoes() {
        // Given
        begin();
        changed(firing(1, 1));
        deliverAll();
        assertThat(pending.overdueMs(clock.millis())).isZero();
        clock.passes(Duration.ofSeconds(1));
        changed(firing(2, 2));
        assertThat(pending.overdueMs(clock.millis())).isZero();
        clock.passes(UPDATES);
        deliverAll();
        clock.passes(Duration.ofHours(1));

        // When
        changed(firing(3, 3));

        // Then
        assertThat(pending.overdueMs(clock.millis())).isZero();
    }

    @Test
    void shouldCountOverdueFromTheEndWhenItReplacesACount() {
        // Given
        begin();
        changed(firing(1, 1));
        deliverAll();
        changed(firing(2, 2));
        clock.passes(Duration.ofSeconds(100));
        changed(resolved(3, clock.instant()));

        // When
        clock.passes(Duration.ofSeconds(7));

        // Then
        assertThat(pending.overdueMs(clock.millis())).isEqualTo(7_000);
    }

    @Test
    void shouldTryAnAlertMoreSeldomThanTheReceiverWhenOnlyThatOneFails() {
        // Given
        begin();
        changed(firing(1, 1));
        for (int failures = 1; failures <= 2; failures++) {
            pending.failed(pending.next(clock.millis()).orElseThrow(), Duration.ZERO, clock.millis());
            clock.passes(Duration.ofMillis(Backoff.ms(failures)));
        }
        changed(firingAlone("orphaned/s/1", 1, clock.instant()));
        delivered(pending.next(clock.millis()).orElseThrow());

        // When
        pending.failed(pending.next(clock.millis()).orElseThrow(), Duration.ZERO, clock.millis());

        // Then
        assertThat(pending.wakeMs()).isEqualTo(clock.millis() + Backoff.ms(3));
    }

    @Test
    void shouldSendNothingOfWhatIsOverWhenAReceiverIsNew() {
        // Given
        changed(firing(1, 1));
        changed(resolved(2, clock.instant()));

        // When
        pending.prepare(true, clock.instant(), clock.millis());
        pending.begin();

        // Then
        assertThat(deliverAll()).isEmpty();
    }

    @Test
    void shouldSendThatItFiresAndThatItEndedWhenTheReceiverRefusedTheBeginning() {
        // Given
        beginningRefused();

        // When
        changed(firing(2, 2));
        changed(resolved(3, clock.instant()));
        clock.passes(AlertQueue.NEWS_AFTER);

        // Then
        assertThat(deliverAll()).containsExactly(KEY + "#2", KEY + "#3");
    }

    @Test
    void shouldSendTheNewestCountAfterAMinuteWhenTheReceiverRefusedTheBeginning() {
        // Given
        beginningRefused();

        // When
        changed(firing(2, 2));
        changed(firing(3, 3));

        // Then
        clock.passes(AlertQueue.NEWS_AFTER.minusMillis(1));
        assertThat(deliverAll()).isEmpty();
        clock.passes(Duration.ofMillis(1));
        assertThat(deliverAll()).containsExactly(KEY + "#3");
    }

    @Test
    void shouldSendTheEndWhenAReceiverThatIsNewHasGotTheBeginning() {
        // Given
        pending.restore(progress(firing(1, 1)), clock.millis());
        changed(resolved(2, clock.instant()));

        // When
        Map<String, Optional<Progress>> written = pending.prepare(true, clock.instant(), clock.millis());
        pending.begin();

        // Then
        assertThat(written).isEmpty();
        assertThat(deliverAll()).containsExactly(KEY + "#2");
    }

    @Test
    void shouldSendNothingWhenItIsOnlyPrepared() {
        // Given
        changed(firing(1, 1));

        // When
        pending.prepare(false, clock.instant(), clock.millis());

        // Then
        assertThat(pending.next(clock.millis())).isEmpty();
    }

    @Test
    void shouldSendNoEndWhenAnAlertThatFiredCannotBeReadAfterARestart() {
        // Given
        pending.restore(progress(firing(1, 1)), clock.millis());

        // When
        pending.unreadable(KEY);
        begin();

        // Then
        assertThat(deliverAll()).isEmpty();
    }

    @Test
    void shouldSendTheNewestCountInTimeWhenAFormerOwnersClockWasAhead() {
        // Given
        clock.passes(Duration.ofHours(1));
        Progress fromTheFuture = progress(firing(1, 1));
        clock.passes(Duration.ofHours(-1));
        pending.restore(fromTheFuture, clock.millis());
        changed(firing(2, 2));
        begin();

        // When
        clock.passes(UPDATES);

        // Then
        assertThat(deliverAll()).containsExactly(KEY + "#2");
    }

    private void beginningRefused() {
        begin();
        changed(firing(1, 1));
        PendingAlerts.Delivery beginning = pending.next(clock.millis()).orElseThrow();
        pending.done(beginning, outcome(DeliveryResult.REFUSED), clock.millis());
    }

    private PendingAlerts.Delivery countOnItsWay() {
        begin();
        changed(firing(1, 1));
        deliverAll();
        changed(firing(2, 2));
        clock.passes(UPDATES);
        return pending.next(clock.millis()).orElseThrow();
    }
}
