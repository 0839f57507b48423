package io.foundling.service.bridge;

import io.foundling.service.metrics.BridgeMetrics;
import io.foundling.service.metrics.BridgeOutcome;
import io.foundling.topology.names.Headers;
import io.foundling.topology.task.DeadLetterRecord;
import io.foundling.topology.task.OutgoingRecords;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the events of each record, or the record itself as a dead letter. Keeps no state. */
final class BridgeProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeProcessor.class);

    private final String bridge;
    private final String application;
    private final EventMaking making;
    private final BridgeMetrics metrics;
    private final Set<RefusedRecordException.Reason> reasonsSeen = EnumSet.noneOf(RefusedRecordException.Reason.class);
    private ProcessorContext<byte[], byte[]> context;

    /** @param application of the ledger to which the dead letters belong */
    BridgeProcessor(String bridge, String application, EventMaking making, BridgeMetrics metrics) {
        this.bridge = bridge;
        this.application = application;
        this.making = making;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> ofTask) {
        context = ofTask;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            metrics.read(BridgeOutcome.NO_VALUE, 0);
            return;
        }
        try {
            List<MappedEvent> events = making.of(record);
            events.forEach(this::send);
            metrics.read(events.isEmpty() ? BridgeOutcome.LEFT_OUT : BridgeOutcome.EVENTS, events.size());
        } catch (RefusedRecordException refused) {
            sendDeadLetter(record, context.recordMetadata().orElseThrow(), refused);
            metrics.read(BridgeOutcome.DEAD_LETTER, 0);
        }
    }

    private void send(MappedEvent event) {
        context.forward(
                new Record<>(event.key(), event.value(), context.currentSystemTimeMs(), new RecordHeaders()),
                BridgeTopology.EVENTS);
    }

    private void sendDeadLetter(
            Record<byte[], byte[]> record, RecordMetadata position, RefusedRecordException refused) {
        if (reasonsSeen.add(refused.reason())) {
            LOG.warn(
                    "first dead letter {} of bridge {} in this task, from {}-{} at offset {}; those that follow are only"
                            + " counted: {}",
                    refused.reason(),
                    bridge,
                    position.topic(),
                    position.partition(),
                    position.offset(),
                    refused.getMessage());
        }
        DeadLetterRecord letter =
                DeadLetterRecord.of(record, position, refused.reason().name(), refused.getMessage());
        RecordHeaders headers = new RecordHeaders(letter.headers());
        headers.add(OutgoingRecords.header(Headers.BRIDGE, bridge));
        refused.rule().ifPresent(rule -> headers.add(OutgoingRecords.header(Headers.RULE, rule)));
        headers.add(OutgoingRecords.header(Headers.APPLICATION, application));
        context.forward(
                new Record<>(letter.key(), letter.value(), context.currentSystemTimeMs(), headers),
                BridgeTopology.DEAD_LETTERS);
    }
}
