package io.foundling.service.runtime;

import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.service.state.StateRepair;
import io.foundling.service.state.StateVerdict;
import io.foundling.service.topics.AccessDenial;
import io.foundling.service.topics.BrokerUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens when a stream thread dies. After a passing cause a new thread replaces it, up to a budget. Any
 * other cause stops the process, since the next thread would read the same record and fail as well.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final int budget;
    private final Deque<Long> replacedAtMs = new ArrayDeque<>();
    private final AccessDenial denial;
    private final StateRepair stateRepair;
    private final AtomicReference<RuntimeException> reason = new AtomicReference<>();
    private volatile Consumer<String> replaced = threadName -> {};
    private volatile Runnable ended = () -> {};

    /**
     * @param budget how many threads may be replaced within ten minutes, a registry that is away not counted
     * @param denial explains what the broker must allow
     */
    ThreadFailures(InstantSource clock, int budget, AccessDenial denial, StateRepair stateRepair) {
        this.clock = clock;
        this.budget = budget;
        this.denial = denial;
        this.stateRepair = stateRepair;
    }

    /** Sets a listener that gets the name of each replaced thread, called on that thread. */
    void whenReplaced(Consumer<String> listener) {
        replaced = listener;
    }

    /** Sets a listener that is called when the process must stop. */
    void whenEnded(Runnable listener) {
        ended = listener;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        // Kafka Streams throws the failure once more, and the JVM would print it to the user.
        Thread.currentThread()
                .setUncaughtExceptionHandler((thread, again) -> LOG.debug("{} ended", thread.getName(), again));
        Throwable cause = cause(failure);
        if (cause instanceof RegistryUnavailableException) {
            LOG.warn("a stream thread gave up waiting for the schema registry and is replaced: {}", cause.getMessage());
            return replace();
        }
        if (cause instanceof RetriableException && isWithinBudget()) {
            LOG.warn("a stream thread failed and is replaced: {}", cause.getMessage());
            return replace();
        }
        if (cause instanceof AuthorizationException access) {
            String sentence = denial.sentence(access);
            LOG.error("a stream thread failed for good: {}", sentence);
            return end(new BrokerUnavailableException(sentence, access));
        }
        if (cause instanceof MissingSourceTopicException) {
            LOG.error("a stream thread failed for good: {}", cause.getMessage());
            return end(new UnusableTopicsException(List.of("a source topic was deleted while the service read it ("
                    + cause.getMessage() + "); create it with 'foundling topics apply'")));
        }
        StateVerdict verdict = stateRepair.verdict(failure);
        if (verdict instanceof StateVerdict.Restorable) {
            LOG.debug("a stream thread met damaged state and is replaced", failure);
            return replace();
        }
        if (verdict instanceof StateVerdict.Unusable unusable) {
            LOG.debug("a stream thread cannot use its state", failure);
            return end(unusable.why());
        }
        LOG.error("a stream thread failed for good: {}", cause.getMessage(), failure);
        return end(new FailedThreadException(cause));
    }

    private StreamThreadExceptionResponse replace() {
        replaced.accept(Thread.currentThread().getName());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Notes why the process must stop, whether or not a stream thread ended. Only the first reason is kept. */
    StreamThreadExceptionResponse end(RuntimeException why) {
        reason.compareAndSet(null, why);
        ended.run();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    boolean hasEnded() {
        return reason.get() != null;
    }

    /** Throws the reason why the process must stop, if there is one. */
    void throwIfEnded() {
        if (hasEnded()) {
            throw reason.get();
        }
    }

    private boolean isWithinBudget() {
        long nowMs = clock.millis();
        while (!replacedAtMs.isEmpty() && replacedAtMs.peekFirst() < nowMs - WINDOW.toMillis()) {
            replacedAtMs.removeFirst();
        }
        replacedAtMs.addLast(nowMs);
        return replacedAtMs.size() <= budget;
    }

    /** Kafka Streams wraps what a processor throws: the cause is the first that may pass, else the deepest. */
    private static Throwable cause(Throwable failure) {
        return Causes.find(failure, RetriableException.class)
                .<Throwable>map(passing -> passing)
                .orElseGet(() -> Causes.deepest(failure));
    }
}
