package io.foundling.service.runtime;

import io.foundling.schemas.failure.Causes;
import io.foundling.service.state.SkippedRestoreException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;

/**
 * The failures of a stream thread after which a new thread, with a new producer and a new member of the group, can do
 * what the old one could not. Its transaction did not take effect, so the new thread reads the same records again and
 * nothing is lost or doubled. Kafka Streams deals with most of them itself, but not on every path.
 */
final class PassingCauses {

    private static final List<Class<? extends Throwable>> TYPES = List.of(
            // May succeed if tried again, says its class comment; it gets here once task.timeout.ms is over (KIP-572).
            RetriableException.class,
            // The coordinator had aborted the transaction of a thread that stalled for longer than the transaction
            // timeout. Newer brokers answer with one of the next two instead (KAFKA-19690, KAFKA-20785).
            InvalidTxnStateException.class,
            // KIP-1050 calls these recoverable by a new producer, or a new member.
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            // The broker has forgotten a producer that was idle for longer than transactional.id.expiration.ms; Kafka
            // Streams treats it as fenced where it expects it (KAFKA-16699).
            InvalidPidMappingException.class,
            UnknownMemberIdException.class,
            IllegalGenerationException.class,
            // The same for the consumer: the thread missed a rebalance, as its class comment says.
            CommitFailedException.class,
            // The transaction can only be aborted, and the next one may succeed (KIP-890).
            TransactionAbortableException.class,
            // Records of a transaction that was aborted meanwhile; Kafka Streams ignores it where it expects it.
            TransactionAbortedException.class,
            // Records before were lost or expired. A transaction that lacks them cannot be committed (KIP-360).
            OutOfOrderSequenceException.class,
            // What Kafka Streams itself makes of the above, on paths that it does not catch, such as closing a task.
            TaskMigratedException.class,
            TaskCorruptedException.class,
            // The restore of a store that would leave out records.
            SkippedRestoreException.class);

    /**
     * The producer gave up waiting for the end of a transaction, and takes nothing but the same call again, which Kafka
     * Streams does not make after it has closed the tasks. There is no class for it: see throwIfPendingState of Kafka's
     * TransactionManager.
     */
    private static final String UNFINISHED = "timed out and must be retried";

    /**
     * No name of a broker resolves, as those of containers that are stopped. Kafka Streams also makes a new producer for a
     * thread that goes on. See parseAndValidateAddresses of Kafka's ClientUtils.
     */
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    private PassingCauses() {}

    /** Returns the first cause of a failure that passes. */
    static Optional<Throwable> of(Throwable failure) {
        return Causes.of(failure).stream().filter(PassingCauses::passes).findFirst();
    }

    private static boolean passes(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return TYPES.stream().anyMatch(type -> type.isInstance(cause))
                || cause instanceof IllegalStateException && message.endsWith(UNFINISHED)
                || cause instanceof ConfigException && message.startsWith(UNRESOLVED);
    }
}
