package io.foundling.service.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.service.state.StateDirectory;
import io.foundling.service.state.StateRepair;
import io.foundling.service.state.UnusableStateException;
import io.foundling.service.topics.AccessDenial;
import io.foundling.service.topics.BrokerUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ThreadFailuresTest {

    private static final int BUDGET = 20;

    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private final AtomicInteger answersInVain = new AtomicInteger();
    private volatile boolean stops;
    private final BrokerAbsence absence = new BrokerAbsence(this::problem, () -> stops, Duration.ZERO);
    private final List<String> replaced = new ArrayList<>();
    private final ThreadFailures failures = failures(1);

    static Stream<RuntimeException> passing() {
        return Stream.of(
                new InvalidTxnStateException("The producer attempted a transactional operation in an invalid state."),
                new ProducerFencedException("There is a newer producer with the same transactionalId."),
                new InvalidProducerEpochException("Producer attempted to produce with an old epoch."),
                new InvalidPidMappingException("The producer id is not assigned to its transactional id."),
                new UnknownMemberIdException("The coordinator is not aware of this member."),
                new IllegalGenerationException("Specified group generation id is not valid."),
                new CommitFailedException("the consumer is not part of an active group"),
                new TransactionAbortableException("The server encountered an error with the transaction."),
                new TransactionAbortedException("Failing batch since transaction was aborted"),
                new OutOfOrderSequenceException("The broker received an out of order sequence number."),
                new UnknownProducerIdException("The broker could not locate the producer metadata."),
                new TimeoutException("Task 0_0 did not make progress within 300000 ms."),
                new DisconnectException("the broker is gone"),
                new IllegalStateException(
                        "Cannot attempt operation `sendOffsetsToTransaction` because the previous call to"
                                + " `commitTransaction` timed out and must be retried"),
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"),
                new TaskMigratedException("Producer got fenced", new KafkaException("it is closed")),
                new TaskCorruptedException(Set.of(new TaskId(0, 0))));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void shouldReplaceAThreadWhenTheCausePasses(RuntimeException cause) {
        assertThat(handle(cause)).isEqualTo(REPLACE_THREAD);
        assertThat(handle(new StreamsException("Error encountered trying to commit", cause)))
                .isEqualTo(REPLACE_THREAD);
        assertThat(handle(new StreamsException(new KafkaException("the producer is in an error state", cause))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(replaced).hasSize(3).allMatch(name -> name.startsWith("ledger-"));
        assertThat(failures.hasEnded()).isFalse();
    }

    static Stream<RuntimeException> lasting() {
        return Stream.of(
                new RecordTooLargeException("2 MiB"),
                new IllegalStateException("a rule is broken"),
                new IllegalStateException(),
                new ConfigException("Invalid value for configuration acks"),
                new StreamsException("a record cannot be processed", new NullPointerException("no value")));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void shouldEndWhenTheNextThreadWouldFailAsWell(RuntimeException cause) {
        assertThat(handle(cause)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replaced).isEmpty();
        assertThatThrownBy(failures::throwIfEnded)
                .isInstanceOf(FailedThreadException.class)
                .hasMessageStartingWith("a stream thread failed for good: ");
    }

    @Test
    void shouldEndWithASentenceWhenACauseDoesNotPass() {
        // Given
        InvalidTxnStateException cause = new InvalidTxnStateException("it is in COMPLETE_ABORT");
        for (int i = 0; i < BUDGET; i++) {
            now = now.plusSeconds(1);
            assertThat(handle(cause)).isEqualTo(REPLACE_THREAD);
        }

        // When
        StreamThreadExceptionResponse last = handle(new StreamsException("no commit", cause));

        // Then
        assertThat(last).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replaced).hasSize(BUDGET);
        assertThatThrownBy(failures::throwIfEnded)
                .isInstanceOf(FailedThreadException.class)
                .hasMessage("more than 20 stream threads failed within 10 minutes, the last one with"
                        + " InvalidTxnStateException: it is in COMPLETE_ABORT; the cause should have passed by then:"
                        + " look at the brokers")
                .hasCause(cause);
    }

    @Test
    void shouldGoOnReplacingThreadsThatFailNowAndThen() {
        for (int i = 0; i < 10 * BUDGET; i++) {
            now = now.plus(Duration.ofMinutes(10).dividedBy(BUDGET - 1));
            assertThat(handle(new TimeoutException("no answer"))).isEqualTo(REPLACE_THREAD);
        }
    }

    @Test
    void shouldReplaceAsManyThreadsAsFailWhileNoBrokerAnswers() {
        for (int i = 0; i < 10 * BUDGET; i++) {
            answersInVain.set(1);
            assertThat(handle(new TimeoutException("no answer"))).isEqualTo(REPLACE_THREAD);
        }

        // Then: that is over, and forgotten
        assertThat(handle(new ProducerFencedException("a newer one"))).isEqualTo(REPLACE_THREAD);
        assertThat(replaced).hasSize(10 * BUDGET + 1);
    }

    static Stream<RuntimeException> uncounted() {
        return Stream.of(new TimeoutException("no answer"), new RegistryUnavailableException("it does not answer"));
    }

    /** Kafka Streams makes the clients of the new thread at once, which fails where a name does not resolve. */
    @ParameterizedTest
    @MethodSource("uncounted")
    void shouldReplaceAThreadOnlyOnceABrokerAnswers(RuntimeException cause) {
        // Given
        answersInVain.set(5);

        // When
        StreamThreadExceptionResponse response = handle(cause);

        // Then
        assertThat(response).isEqualTo(REPLACE_THREAD);
        assertThat(answersInVain).hasValue(0);
        assertThat(replaced).hasSize(1);
    }

    @Test
    void shouldNotBeReadyWhileAThreadWaitsForABroker() {
        // Given
        answersInVain.set(Integer.MAX_VALUE);
        CompletableFuture<StreamThreadExceptionResponse> response =
                CompletableFuture.supplyAsync(() -> handle(new TimeoutException("no answer")));

        // When, then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(absence.readinessProblem()).hasValue("stream threads that wait for the brokers: 1"));
        answersInVain.set(0);
        assertThat(response).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(REPLACE_THREAD);
        assertThat(absence.readinessProblem()).isEmpty();
    }

    @Test
    void shouldNotWaitForABrokerWhenTheProcessStops() {
        // Given
        answersInVain.set(Integer.MAX_VALUE);
        stops = true;

        // Then
        assertThat(handle(new TimeoutException("no answer"))).isEqualTo(REPLACE_THREAD);
    }

    /** A stall ends all threads of a process at once. */
    @Test
    void shouldReplaceEachOfManyThreadsTenTimes() {
        // Given
        ThreadFailures many = failures(64);

        // When
        List<StreamThreadExceptionResponse> responses = new ArrayList<>();
        for (int i = 0; i < 10 * 64; i++) {
            responses.add(handle(many, new InvalidTxnStateException("stalled")));
        }

        // Then
        assertThat(responses).containsOnly(REPLACE_THREAD);
        assertThat(handle(many, new InvalidTxnStateException("stalled"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldReplaceAsManyThreadsAsWaitForTheRegistryInVain() {
        for (int i = 0; i < 10 * BUDGET; i++) {
            assertThat(handle(new StreamsException(new RegistryUnavailableException("it does not answer"))))
                    .isEqualTo(REPLACE_THREAD);
        }
        assertThat(failures.hasEnded()).isFalse();
    }

    @Test
    void shouldSayWhatTheBrokerMustAllow() {
        assertThat(handle(new StreamsException(new TopicAuthorizationException(Set.of("audit.events")))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThatThrownBy(failures::throwIfEnded)
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("audit.events");
    }

    @Test
    void shouldSayThatASourceTopicIsMissing() {
        assertThat(handle(new MissingSourceTopicException("audit.events"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThatThrownBy(failures::throwIfEnded)
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageContaining("foundling topics apply");
    }

    /** KIP-1050 calls it recoverable, too, but the other process would be fenced next. */
    @Test
    void shouldGiveWayWhenAnotherProcessHasTheNameOfThisInstance() {
        assertThat(handle(new StreamsException(new FencedInstanceIdException("fenced"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThatThrownBy(failures::throwIfEnded).isInstanceOf(UnusableStateException.class);
    }

    private Optional<String> problem() {
        return answersInVain.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                ? Optional.of("no broker answers at broker:9092")
                : Optional.empty();
    }

    private ThreadFailures failures(int threads) {
        StateRepair repair = new StateRepair(new StateDirectory(Path.of("state")), () -> {}, () -> now);
        ThreadFailures created = new ThreadFailures(
                () -> now,
                threads,
                absence,
                new AccessDenial(List.of()),
                repair::verdict,
                "create it with 'foundling topics apply'");
        created.whenReplaced(replaced::add);
        return created;
    }

    private StreamThreadExceptionResponse handle(Throwable failure) {
        return handle(failures, failure);
    }

    /** Calls the handler as a stream thread does, which is about to end. */
    private static StreamThreadExceptionResponse handle(ThreadFailures failures, Throwable failure) {
        CompletableFuture<StreamThreadExceptionResponse> response = new CompletableFuture<>();
        new Thread(() -> response.complete(failures.handle(failure)), "ledger-StreamThread-1").start();
        return response.join();
    }
}
