package io.foundling.service.intake;

import io.foundling.service.topics.Broker;
import io.foundling.service.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every few seconds, on a thread of its own, whether a broker answers, so that readiness and metrics do not wait for
 * the first event.
 */
final class BrokerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Map<String, String> kafka;
    private final String topic;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "foundling-broker-watch");
        watch.setDaemon(true);
        return watch;
    });
    private Broker broker;
    private volatile Optional<String> problem = Optional.empty();
    private volatile boolean hasAsked;

    /** @param kafka settings of clients */
    BrokerWatch(Map<String, String> kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns a sentence if the broker did not answer when it was asked last. */
    Optional<String> problem() {
        return problem;
    }

    /** Returns 1 if a broker answered when it was asked last, 0 if none did, NaN before that. */
    double answers() {
        if (!hasAsked) {
            return Double.NaN;
        }
        return problem.isEmpty() ? 1 : 0;
    }

    private void ask() {
        try {
            if (broker == null) {
                broker = Broker.connect(kafka, EVERY);
            }
            broker.partitions(topic);
            problem = Optional.empty();
        } catch (BrokerUnavailableException away) {
            problem = Optional.of(away.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.atDebug().setCause(unexpected).log("a broker could not be asked");
            problem = Optional.of("a broker cannot be asked: " + unexpected.getMessage());
        }
        hasAsked = true;
    }

    /** Whoever asks at this moment is interrupted. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(EVERY.toMillis(), TimeUnit.MILLISECONDS) && broker != null) {
                broker.close();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
