package io.foundling.console.delivery.webhook;

import static io.foundling.console.delivery.Changes.KEY;
import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When nothing is kept of an alert any more. */
class ForgottenAlertsTest extends PendingAlertsHarness {

    @Test
    void shouldWriteNothingWhenAnAlertThatItNeverHadIsRemoved() {
        // Given
        pending.removed(KEY, clock.instant(), clock.millis());

        // When
        Map<String, Optional<Progress>> written = begin();

        // Then
        assertThat(written).isEmpty();
        assertThat(pending.removed(KEY, clock.instant(), clock.millis())).isFalse();
    }

    @Test
    void shouldEraseAllProgressAtOnceWhenAlertsWereRemovedBeforeItBegins() {
        // Given
        pending.restore(progress(resolved("orphaned/s/1", 2, FakeClock.START, FakeClock.START)), clock.millis());
        pending.restore(progress(resolved("orphaned/s/2", 2, FakeClock.START, FakeClock.START)), clock.millis());

        // When
        boolean isErasedNow = pending.removed("orphaned/s/1", clock.instant(), clock.millis());

        // Then
        assertThat(isErasedNow).isFalse();
        assertThat(begin())
                .containsOnly(entry("orphaned/s/1", Optional.empty()), entry("orphaned/s/2", Optional.empty()));
    }

    @Test
    void shouldKeepProgressWhenAnAlertIsThereAgainBeforeItsEndWasSent() {
        // Given
        begin();
        changed(firing(1, 1));
        deliverAll();
        pending.removed(KEY, clock.instant(), clock.millis());

        // When
        changed(firing(KEY, 3, 1, clock.instant().plusSeconds(1)));
        delivered(pending.next(clock.millis()).orElseThrow());
        PendingAlerts.Delivery again = pending.next(clock.millis()).orElseThrow();

        // Then
        assertThat(again.change().id()).isEqualTo(KEY + "#3");
        assertThat(pending.done(again, outcome(DeliveryResult.DELIVERED), clock.millis()))
                .isPresent();
    }

    @Test
    void shouldForgetAnAlertOnceWhenItIsRemovedTwice() {
        // Given
        begin();
        changed(firing(1, 1));
        changed(resolved(2, clock.instant()));
        deliverAll();

        // Then
        assertThat(pending.removed(KEY, clock.instant(), clock.millis())).isTrue();
        assertThat(pending.removed(KEY, clock.instant(), clock.millis())).isFalse();
    }

    @Test
    void shouldForgetAnAlertThatIsGoneWhenItBegins() {
        // Given
        pending.restore(progress(resolved(2, clock.instant())), clock.millis());

        // When
        Map<String, Optional<Progress>> written = begin();

        // Then
        assertThat(written).containsOnly(entry(KEY, Optional.empty()));
        assertThat(pending.removed(KEY, clock.instant(), clock.millis())).isFalse();
    }

    @Test
    void shouldSendNothingWhileSomethingIsToBeErased() {
        // Given
        begin();

        // When
        pending.erase(Set.of("orphaned/s/1"));
        assertThat(pending.wakeMs()).isLessThanOrEqualTo(clock.millis());
        changed(firing(1, 1));

        // Then
        assertThat(pending.next(clock.millis())).isEmpty();
        assertThat(pending.takeErased()).containsOnly(entry("orphaned/s/1", Optional.empty()));
        assertThat(pending.takeErased()).isEmpty();
        assertThat(deliverAll()).containsExactly(KEY + "#1");
    }
}
