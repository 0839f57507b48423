package io.foundling.console.delivery.webhook;

import io.foundling.console.delivery.AlertSink;
import io.foundling.console.delivery.DeliveryListener;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.ProgressLog;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.Worker;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Endpoint;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Serves a webhook from a thread of its own. */
public final class WebhookSink implements AlertSink {

    private final PendingAlerts pending;
    private final SteadyClock clock;
    private final Worker worker;
    private final Runnable unwatch;
    private final Set<String> erased = new HashSet<>();

    /** Starts the thread; it sends nothing before {@link #begin}. */
    public WebhookSink(
            Receiver receiver,
            Receiver.Webhook kind,
            Presentation shown,
            ProgressLog progress,
            DeliveryListener listener,
            InstantSource wall) {
        clock = new SteadyClock(wall);
        pending = new PendingAlerts(kind.updateEvery());
        Posting posting = new Posting(receiver, shown, wall);
        Hook hook = new Hook(receiver, posting, pending, progress, listener, clock);
        listener.watch(receiver.name(), posting.shown(), () -> pending.overdueMs(clock.millis()));
        unwatch = () -> listener.watch(receiver.name(), posting.shown(), () -> 0);
        worker = new Worker("notify-" + receiver.name(), hook::step, clock);
        worker.start();
    }

    /** Sends one alert. */
    public static Answer send(Notification alert, Receiver receiver, Presentation shown, InstantSource clock)
            throws InterruptedException {
        return new Posting(receiver, shown, clock).post(alert, Optional.empty());
    }

    /** Asks whether the address answers, without a body and for none. */
    public static Answer ask(Receiver receiver, Receiver.Webhook kind) throws InterruptedException {
        return new Endpoint(kind.url(), receiver.transport()).ask("HEAD");
    }

    @Override
    public void restore(Progress restored) {
        pending.restore(restored, clock.millis());
    }

    /** Of an alert that is there again, what was before is erased first: so it cannot erase what comes after. */
    @Override
    public void changed(Notification change) {
        if (erased.contains(change.key())) {
            handedOver();
        }
        pending.changed(change, clock.millis());
        worker.wake();
    }

    @Override
    public void removed(String key) {
        if (pending.removed(key, clock.wall().instant(), clock.millis())) {
            erased.add(key);
        }
        worker.wake();
    }

    @Override
    public void handedOver() {
        if (!erased.isEmpty()) {
            pending.erase(erased);
            erased.clear();
            worker.wake();
        }
    }

    @Override
    public void unreadable(String key) {
        pending.unreadable(key);
    }

    @Override
    public Map<String, Optional<Progress>> prepare(boolean first) {
        return pending.prepare(first, clock.wall().instant(), clock.millis());
    }

    @Override
    public void begin() {
        pending.begin();
        worker.wake();
    }

    @Override
    public RuntimeException failure() {
        return worker.failure();
    }

    @Override
    public void close() {
        worker.close();
        unwatch.run();
    }
}
