package io.foundling.client.internal.broker;

import io.foundling.client.LossReason;
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

/** What a failure to send means. */
public final class SendFailures {

    private SendFailures() {}

    /** Whether it says nothing about the event, so that the same event may be taken later. */
    public static boolean isTemporary(Throwable failure) {
        return failure instanceof KafkaException && !isOfTheEvent(failure);
    }

    /** Whether the producer does nothing but fail from now on. */
    static boolean isOfTheProducer(Throwable failure) {
        return failure.getClass() == KafkaException.class
                || failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof ClusterAuthorizationException
                || failure instanceof UnsupportedVersionException;
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

    /** Confluent's serializer wraps what the registry says, or its absence, whose exceptions are checked ones. */
    private static boolean comesFromTheRegistry(Throwable failure) {
        if (failure instanceof SchemaRejectedException) {
            return true;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Exception && !(cause instanceof RuntimeException)) {
                return true;
            }
        }
        return false;
    }
}
