package io.foundling.service.runtime;

import io.foundling.service.topics.Broker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    /** Waits until a broker answers or the process is being stopped, and says each minute what it waits for. */
    void awaitEnd() {
        long warnedAt = System.nanoTime();
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
