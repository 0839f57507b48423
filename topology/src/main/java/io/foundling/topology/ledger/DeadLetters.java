package io.foundling.topology.ledger;

import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.task.DeadLetterRecord;
import io.foundling.topology.task.LedgerListener;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Publishes and counts records that cannot be read or processed (rule L2). The first one of each reason is logged, too.
 */
final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Outbox outbox;
    private final LedgerListener listener;
    private final Set<DeadLetterReason> reasonsSeen = EnumSet.noneOf(DeadLetterReason.class);
    private boolean failedBefore;

    DeadLetters(Outbox outbox, LedgerListener listener) {
        this.outbox = outbox;
        this.listener = listener;
    }

    /** Adds a record on which the rules failed. The stack of the first failure is logged, too. */
    void add(Record<byte[], byte[]> record, RecordMetadata position, RulesFailure failure) {
        LOG.atLevel(failedBefore ? Level.DEBUG : Level.WARN)
                .setCause(failure.getCause())
                .log("the rules failed on a record; it and those that follow are counted as dead letters");
        failedBefore = true;
        add(record, position, DeadLetterReason.PROCESSING_FAILED, failure.getMessage());
    }

    void add(Record<byte[], byte[]> record, RecordMetadata position, DeadLetterReason reason, String message) {
        if (reasonsSeen.add(reason)) {
            LOG.warn(
                    "first dead letter {} of this task, from {}-{} at offset {}; those that follow are only counted: {}",
                    reason,
                    position.topic(),
                    position.partition(),
                    position.offset(),
                    Texts.truncate(String.valueOf(message), DeadLetterRecord.MAX_MESSAGE_BYTES));
        }
        outbox.addDeadLetter(record, position, reason, message);
        listener.deadLetter(reason.name());
    }
}
