package io.foundling.console.delivery.topics;

import io.foundling.console.delivery.AlertSink;
import io.foundling.console.delivery.DeliveryListener;
import io.foundling.console.delivery.ProgressLog;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.alertmanager.AlertmanagerSink;
import io.foundling.console.delivery.webhook.WebhookSink;
import io.foundling.schemas.failure.Causes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one receiver while this process owns it, and waits for it otherwise. After a failure everything is opened
 * anew; progress says where to go on. One thread.
 */
final class ReceiverLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiverLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);

    private final DeliverySettings settings;
    private final Receiver receiver;
    private final ReceiverClients clients;
    private final DeliveryListener listener;
    private final SteadyClock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<String> problem = Optional.of("has not joined its group and read all alerts yet");
    private final Failures failures = new Failures();
    private volatile boolean hasWritten;

    ReceiverLoop(
            DeliverySettings settings,
            Receiver receiver,
            ReceiverClients clients,
            DeliveryListener listener,
            InstantSource clock) {
        this.settings = settings;
        this.receiver = receiver;
        this.clients = clients;
        this.listener = listener;
        this.clock = new SteadyClock(clock);
        thread = new Thread(this::run, "notify-reader-" + receiver.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns why the receiver is neither served nor waited for; none if it is. */
    Optional<String> problem() {
        return problem.map(why -> "receiver " + receiver + ": " + why);
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                try {
                    serve();
                } catch (InterruptException stopping) {
                    return;
                } catch (RuntimeException | Error failed) {
                    wait(failed);
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() throws InterruptedException {
        // Before anything is opened: it may be no number.
        Lease lease = new Lease(clients.sessionMs(), clock);
        try (Ownership ownership = new Ownership(clients.member(), settings.alerts(), lease)) {
            serve(ownership);
        }
    }

    private void serve(Ownership ownership) throws InterruptedException {
        long openedMs = clock.millis();
        hasWritten = false;
        while (closing.getCount() > 0) {
            if (!ownership.poll()) {
                if (ownership.hasJoined()) {
                    succeeds(openedMs);
                }
                continue;
            }
            LOG.info("this process serves {}", receiver);
            listener.active(receiver.name(), true);
            try (DeliveryTopic progress = new DeliveryTopic(settings, receiver, clients.producer());
                    AlertSink sink = sink(progress, ownership.lease());
                    AlertReader reader = new AlertReader(settings, receiver, progress, sink, listener, clients)) {
                // Opening may take long. That does no harm: everything that is sent was read after it.
                ownership.lease().renew();
                while (closing.getCount() > 0 && ownership.poll()) {
                    reader.poll(POLL);
                    if (sink.failure() != null) {
                        throw sink.failure();
                    }
                    if (reader.hasReadAll()) {
                        succeeds(openedMs);
                    }
                }
            } finally {
                listener.active(receiver.name(), false);
                LOG.info("this process serves {} no longer", receiver);
            }
        }
    }

    private AlertSink sink(ProgressLog topic, Lease lease) {
        ProgressLog progress = done -> {
            topic.write(done);
            if (!done.isEmpty()) {
                hasWritten = true;
            }
        };
        Receiver.Kind kind = receiver.kind();
        return kind instanceof Receiver.Alertmanager alertmanager
                ? new AlertmanagerSink(
                        receiver, alertmanager, settings.shown(), progress, listener, clock, lease::isValid)
                : new WebhookSink(
                        receiver, (Receiver.Webhook) kind, settings.shown(), progress, listener, clock.wall());
    }

    private void succeeds(long openedMs) {
        problem = Optional.empty();
        failures.none(clock.millis() - openedMs, hasWritten);
    }

    private void wait(Throwable failed) throws InterruptedException {
        String why = failed instanceof FencedInstanceIdException
                ? "another process has the name of this instance, " + settings.instance()
                        + "; give each its own with instance or FOUNDLING_INSTANCE"
                : failed instanceof Error ? failed.toString() : Causes.sentence(failed);
        problem = Optional.of(why);
        long waitMs = failures.add(failed);
        LOG.warn("{} cannot be served at present, trying again in {} s: {}", receiver, waitMs / 1_000, why);
        LOG.debug("details", failed);
        boolean ignored = closing.await(waitMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(ENDS_WITHIN.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
