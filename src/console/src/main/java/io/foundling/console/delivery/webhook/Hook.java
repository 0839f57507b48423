package io.foundling.console.delivery.webhook;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.DeliveryListener;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.ProgressLog;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.http.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what is due to a webhook, one message at a time. The next is sent only when the progress of the one before is
 * durable: so a process that ends at any moment leaves at most one that is sent again, with the same id. One thread.
 */
final class Hook {

    private static final Logger LOG = LoggerFactory.getLogger(Hook.class);

    private final Receiver receiver;
    private final Posting posting;
    private final PendingAlerts pending;
    private final ProgressLog progress;
    private final DeliveryListener listener;
    private final SteadyClock clock;
    private int failures;
    private Optional<String> lastSetting = Optional.empty();

    Hook(
            Receiver receiver,
            Posting posting,
            PendingAlerts pending,
            ProgressLog progress,
            DeliveryListener listener,
            SteadyClock clock) {
        this.receiver = receiver;
        this.posting = posting;
        this.pending = pending;
        this.progress = progress;
        this.listener = listener;
        this.clock = clock;
    }

    private String shown() {
        return posting.shown();
    }

    /** Erases what is gone, sends what is due first, if anything, and returns when something is due again. */
    long step() throws InterruptedException {
        Map<String, Optional<Progress>> erased = pending.takeErased();
        if (!erased.isEmpty()) {
            progress.write(erased);
        }
        Optional<PendingAlerts.Delivery> next = pending.next(clock.millis());
        if (next.isPresent()) {
            PendingAlerts.Delivery delivery = next.get();
            settle(delivery, posting.post(delivery.change(), delivery.last()));
        }
        return pending.wakeMs();
    }

    private void settle(PendingAlerts.Delivery delivery, Answer answer) throws InterruptedException {
        switch (answer.verdict()) {
            case ACCEPTED -> {
                recovered();
                listener.delivered(receiver.name(), shown(), 1);
                done(delivery, DeliveryResult.DELIVERED, answer);
            }
            case REFUSED -> {
                recovered();
                listener.refused(receiver.name(), shown(), 1);
                LOG.warn(
                        "{} at {} refuses {} for good: {}",
                        receiver,
                        shown(),
                        delivery.change().id(),
                        answer.text());
                done(delivery, DeliveryResult.REFUSED, answer);
            }
            case FAILED -> {
                failures++;
                listener.failed(receiver.name(), shown());
                logFailure(delivery, answer);
                pending.failed(delivery, answer.retryAfter().orElse(Duration.ZERO), clock.millis());
            }
        }
    }

    /** Once until the receiver answers again, but a failure that another setting mends is said, too. */
    private void logFailure(PendingAlerts.Delivery delivery, Answer answer) {
        if (failures > 1 && answer.setting().equals(lastSetting)) {
            return;
        }
        lastSetting = answer.setting();
        LOG.warn(
                "{} at {} does not take {}, trying again: {}",
                receiver,
                shown(),
                delivery.change().id(),
                answer.advice());
    }

    private void recovered() {
        if (failures > 0) {
            LOG.info("{} at {} answers again, after {} failures", receiver, shown(), failures);
            failures = 0;
        }
    }

    private void done(PendingAlerts.Delivery delivery, DeliveryResult result, Answer answer)
            throws InterruptedException {
        Progress.Outcome outcome = new Progress.Outcome(
                result, delivery.attempt(), answer.text(), clock.wall().instant());
        Optional<Progress> written = pending.done(delivery, outcome, clock.millis());
        progress.write(Map.of(delivery.change().key(), written));
    }
}
