package io.foundling.console.delivery.webhook;

import io.foundling.console.delivery.Counts;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.MemoryProgress;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.http.Credentials;
import io.foundling.console.delivery.http.Transport;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A webhook that is served, with a clock and a receiver of the test's own. */
abstract class HookHarness {

    static final Duration UPDATES = Duration.ofMinutes(5);

    /** A busy machine answers later than an idle one. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final FakeReceiver server = new FakeReceiver();
    final FakeClock clock = new FakeClock();
    final SteadyClock steady = new SteadyClock(clock, () -> 0);
    final MemoryProgress progress = new MemoryProgress();
    final Counts counts = new Counts();
    Credentials credentials = Credentials.NONE;
    PendingAlerts pending = new PendingAlerts(UPDATES);
    Hook hook = hook(Receiver.Format.CLOUDEVENTS);

    @AfterEach
    void stop() {
        server.close();
    }

    void begin() {
        progress.write(pending.prepare(false, clock.instant(), steady.millis()));
        pending.begin();
    }

    void changed(Notification change) {
        pending.changed(change, steady.millis());
    }

    void restart() {
        pending = new PendingAlerts(UPDATES);
        progress.written().values().forEach(each -> pending.restore(each, steady.millis()));
        hook = hook(Receiver.Format.CLOUDEVENTS);
    }

    Hook hook(Receiver.Format format) {
        return hook(format, PATIENCE);
    }

    Hook hook(Receiver.Format format, Duration within) {
        Receiver.Webhook kind = new Receiver.Webhook(server.uri(), format, UPDATES);
        Receiver receiver = new Receiver("hook", new Transport(() -> credentials, within), kind);
        Presentation shown = new Presentation("ledger", Optional.empty());
        return new Hook(receiver, new Posting(receiver, shown, clock), pending, progress, counts, steady);
    }

    /** Does everything that is due until then. */
    void runFor(Duration time) throws InterruptedException {
        long endMs = steady.millis() + time.toMillis();
        while (pending.wakeMs() <= endMs) {
            clock.passes(Duration.ofMillis(Math.max(0, pending.wakeMs() - steady.millis())));
            hook.step();
        }
        clock.passes(Duration.ofMillis(endMs - steady.millis()));
    }
}
