package io.foundling.service.runtime;

import io.foundling.service.topics.Broker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A time in which no broker answers. Any thread. */
public final class BrokerAbsence {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerAbsence.class);

    /** Between two questions if the first fails at once. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Supplier<Optional<String>> problem;
    private final BooleanSupplier stops;
    private final Duration pause;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param kafka settings of clients
     * @param stops whether the process is being stopped, so that nobody must wait any longer
     */
    public BrokerAbsence(Map<String, ?> kafka, BooleanSupplier stops) {
        this(() -> Broker.absence(kafka), stops, PAUSE);
    }

    BrokerAbsence(Supplier<Optional<String>> problem, BooleanSupplier stops, Duration pause) {
        this.problem = problem;
        this.stops = stops;
        this.pause = pause;
    }

    /** Whether no broker answers now. Takes up to {@link Broker#PATIENCE}. */
    boolean lasts() {
        return problem.get().isPresent();
    }

    /** Returns that stream threads wait for its end, if they do. Kafka Streams takes such threads for running. */
    public Optional<String> readinessProblem() {
        int threads = waiting.get();
        return threads == 0 ? Optional.empty() : Optional.of("stream threads that wait for the brokers: " + threads);
    }

    /** Waits until a broker answers or the process is being stopped, and says each minute what it waits for. */
    void awaitEnd() {
        waiting.incrementAndGet();
        try {
            awaitAnswer();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void awaitAnswer() {
        long warnedAt = System.nanoTime() - BETWEEN_WARNINGS.toNanos();
        while (!stops.getAsBoolean()) {
            Optional<String> why = problem.get();
            if (why.isEmpty()) {
                return;
            }
            if (System.nanoTime() - warnedAt >= BETWEEN_WARNINGS.toNanos()) {
                LOG.warn("a stream thread waits for the brokers: {}", why.get());
                warnedAt = System.nanoTime();
            }
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
