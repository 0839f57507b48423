package io.foundling.topology.ledger;

import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.task.LedgerListener;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes and counts records that cannot be read or processed (rule L2). The first one of each reason is logged, too.
 */
final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Outbox outbox;
    private final LedgerListener listener;
    private final Set<DeadLetterReason> reasonsSeen = EnumSet.noneOf(DeadLetterReason.class);

    DeadLetters(Outbox outbox, LedgerListener listener) {
        this.outbox = outbox;
        this.listener = listener;
    }

    void add(Record<byte[], byte[]> record, RecordMetadata position, DeadLetterReason reason, String message) {
        if (reasonsSeen.add(reason)) {
            LOG.warn(
                    "first dead letter {} of this task, from {}-{} at offset {}; those that follow are only counted: {}",
                    reason,
                    position.topic(),
                    position.partition(),
                    position.offset(),
                    Texts.truncate(String.valueOf(message), Outbox.MAX_MESSAGE_BYTES));
        }
        outbox.addDeadLetter(record, position, reason, message);
        listener.deadLetter(reason.name());
    }
}
