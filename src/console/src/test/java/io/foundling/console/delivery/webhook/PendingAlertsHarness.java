package io.foundling.console.delivery.webhook;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a receiver still has to be sent, with a clock of the test's own. */
abstract class PendingAlertsHarness {

    static final Duration UPDATES = Duration.ofMinutes(5);

    final FakeClock clock = new FakeClock();
    final PendingAlerts pending = new PendingAlerts(UPDATES);

    Map<String, Optional<Progress>> begin() {
        Map<String, Optional<Progress>> written = pending.prepare(false, clock.instant(), clock.millis());
        pending.begin();
        return written;
    }

    Progress.Outcome outcome(DeliveryResult result) {
        return new Progress.Outcome(result, 1, "", clock.instant());
    }

    Progress progress(Notification done) {
        return Progress.of(done, outcome(DeliveryResult.DELIVERED));
    }

    void changed(Notification change) {
        pending.changed(change, clock.millis());
    }

    void delivered(PendingAlerts.Delivery delivery) {
        pending.done(delivery, outcome(DeliveryResult.DELIVERED), clock.millis());
    }

    /** Delivers what is due now and returns the ids. */
    List<String> deliverAll() {
        List<String> ids = new ArrayList<>();
        while (pending.wakeMs() <= clock.millis()) {
            PendingAlerts.Delivery next = pending.next(clock.millis()).orElseThrow();
            ids.add(next.change().id());
            delivered(next);
        }
        return ids;
    }
}
