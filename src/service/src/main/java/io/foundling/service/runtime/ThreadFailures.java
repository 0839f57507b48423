package io.foundling.service.runtime;

import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.service.state.StateVerdict;
import io.foundling.service.topics.AccessDenial;
import io.foundling.service.topics.BrokerUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens when a stream thread dies. After a {@link PassingCauses passing cause} a new thread replaces it, up
 * to a budget. While no broker answers the dead thread waits, which does not count. Any other cause stops the process, since
 * the next thread would read the same record and fail as well.
 */
public final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    /**
     * How often one thread may fail, and how often a few threads may fail together. A stall ends all at once. If some of the
     * brokers are away, each thread may fail after each of Kafka's shorter time limits, a minute.
     */
    private static final int BUDGET_OF_A_THREAD = 10;

    private static final int LEAST_BUDGET = 20;

    private final InstantSource clock;
    private final int budget;
    private final BrokerAbsence absence;
    private final Deque<Long> replacedAtMs = new ArrayDeque<>();
    private final AccessDenial denial;
    private final Function<Throwable, StateVerdict> states;
    private final String topicRemedy;
    private final AtomicReference<RuntimeException> reason = new AtomicReference<>();
    private volatile Consumer<String> replaced = threadName -> {};
    private volatile Runnable ended = () -> {};

    /**
     * @param threads how many there are. 20 may be replaced within ten minutes, or ten times as many as there are,
     *     if that is more. Brokers or a registry that are away, and damaged state, do not count. A restore that would
     *     leave out records does.
     * @param absence asked on a thread that has failed
     * @param denial explains what the broker must allow
     * @param states says what a failure means for local state
     * @param topicRemedy what to do if a topic that is read was deleted
     */
    public ThreadFailures(
            InstantSource clock,
            int threads,
            BrokerAbsence absence,
            AccessDenial denial,
            Function<Throwable, StateVerdict> states,
            String topicRemedy) {
        this.clock = clock;
        budget = Math.max(LEAST_BUDGET, BUDGET_OF_A_THREAD * threads);
        this.absence = absence;
        this.denial = denial;
        this.states = states;
        this.topicRemedy = topicRemedy;
    }

    /** Sets a listener that gets the name of each replaced thread, called on that thread. */
    public void whenReplaced(Consumer<String> listener) {
        replaced = listener;
    }

    /** Sets a listener that is called when the process must stop. */
    public void whenEnded(Runnable listener) {
        ended = listener;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        // Kafka Streams throws the failure once more, and the JVM would print it to the user.
        Thread.currentThread()
                .setUncaughtExceptionHandler((thread, again) -> LOG.debug("{} ended", thread.getName(), again));
        Optional<RegistryUnavailableException> registry = Causes.find(failure, RegistryUnavailableException.class);
        if (registry.isPresent()) {
            LOG.warn(
                    "a stream thread gave up waiting for the schema registry and is replaced: {}",
                    registry.get().getMessage());
            return replaceWithBroker();
        }
        Optional<AuthorizationException> denied = Causes.find(failure, AuthorizationException.class);
        if (denied.isPresent()) {
            String sentence = denial.sentence(denied.get());
            LOG.error("a stream thread failed for good: {}", sentence);
            return end(new BrokerUnavailableException(sentence, denied.get()));
        }
        Optional<MissingSourceTopicException> missing = Causes.find(failure, MissingSourceTopicException.class);
        if (missing.isPresent()) {
            String message = missing.get().getMessage();
            LOG.error("a stream thread failed for good: {}", message);
            return end(new UnusableTopicsException(
                    List.of("a source topic was deleted while the service read it (" + message + "); " + topicRemedy)));
        }
        StateVerdict verdict = states.apply(failure);
        if (verdict instanceof StateVerdict.Restorable) {
            LOG.debug("a stream thread met damaged state and is replaced", failure);
            return replaceWithBroker();
        }
        if (verdict instanceof StateVerdict.Unusable unusable) {
            LOG.debug("a stream thread cannot use its state", failure);
            return end(unusable.why());
        }
        return PassingCauses.of(failure)
                .map(this::replaceWithinBudget)
                .orElseGet(() -> endForGood(failure, Causes.deepest(failure)));
    }

    private StreamThreadExceptionResponse replaceWithinBudget(Throwable cause) {
        String what = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (absence.lasts()) {
            LOG.warn("a stream thread failed while no broker answers, and is replaced once one does: {}", what);
            return replaceWithBroker();
        }
        if (isWithinBudget()) {
            LOG.warn("a stream thread failed and is replaced: {}", what);
            return replace();
        }
        String sentence = "more than " + budget + " stream threads failed within " + WINDOW.toMinutes()
                + " minutes, the last one with " + what
                + "; the cause should have passed by then: look at the brokers";
        LOG.error(sentence, cause);
        return end(new FailedThreadException(sentence, cause));
    }

    private StreamThreadExceptionResponse endForGood(Throwable failure, Throwable cause) {
        LOG.error("a stream thread failed for good: {}", cause.getMessage(), failure);
        return end(new FailedThreadException(cause));
    }

    /**
     * Kafka Streams makes the clients of the new thread at once. Where the names of the brokers do not resolve, it fails to,
     * and would lose the thread without a word.
     */
    private StreamThreadExceptionResponse replaceWithBroker() {
        absence.awaitEnd();
        return replace();
    }

    private StreamThreadExceptionResponse replace() {
        replaced.accept(Thread.currentThread().getName());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Notes why the process must stop, whether or not a stream thread ended. Only the first reason is kept. */
    public StreamThreadExceptionResponse end(RuntimeException why) {
        reason.compareAndSet(null, why);
        ended.run();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    public boolean hasEnded() {
        return reason.get() != null;
    }

    /** Throws the reason why the process must stop, if there is one. */
    public void throwIfEnded() {
        if (hasEnded()) {
            throw reason.get();
        }
    }

    private synchronized boolean isWithinBudget() {
        long nowMs = clock.millis();
        while (!replacedAtMs.isEmpty() && replacedAtMs.peekFirst() < nowMs - WINDOW.toMillis()) {
            replacedAtMs.removeFirst();
        }
        replacedAtMs.addLast(nowMs);
        return replacedAtMs.size() <= budget;
    }
}
