package io.foundling.client.internal.broker;

import io.foundling.client.LossReason;
import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.SchemaRejectedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Decides what a failure to send means: whether the event can be tried again, whether the producer must be replaced,
 * and for which reason the event is lost otherwise. Pure functions.
 */
public final class SendFailures {

    private SendFailures() {}

    /** Whether the same event may be accepted later, because the failure is not due to the event. */
    public static boolean isTemporary(Throwable failure) {
        return failure instanceof KafkaException && !isOfTheEvent(failure);
    }

    /** Whether every further call of the producer will fail. */
    public static boolean isOfTheProducer(Throwable failure) {
        return failure.getClass() == KafkaException.class
                || failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof ClusterAuthorizationException
                || failure instanceof UnsupportedVersionException;
    }

    /** Whether the event is sent again through the next producer. A missing right would only break that one too. */
    public static boolean isForTheNextProducer(Throwable failure) {
        return isOfTheProducer(failure) && !(failure instanceof ClusterAuthorizationException);
    }

    public static LossReason reason(Throwable failure) {
        if (failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException) {
            return LossReason.TOO_LARGE;
        }
        if (isOfTheEvent(failure)) {
            return LossReason.INVALID;
        }
        return failure instanceof KafkaException ? LossReason.REFUSED : LossReason.FAILED;
    }

    private static boolean isOfTheEvent(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof SerializationException && !comesFromTheRegistry(failure);
    }

    /** Confluent's serializer wraps failures of the registry, and these are checked exceptions. */
    private static boolean comesFromTheRegistry(Throwable failure) {
        if (failure instanceof SchemaRejectedException) {
            return true;
        }
        return Causes.of(failure.getCause()).stream()
                .anyMatch(cause -> cause instanceof Exception && !(cause instanceof RuntimeException));
    }
}
