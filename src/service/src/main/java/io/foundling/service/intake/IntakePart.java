package io.foundling.service.intake;

import io.foundling.audit.Producer;
import io.foundling.client.RecorderBuilder;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.Operation;
import io.foundling.intake.EventRoom;
import io.foundling.intake.api.EventSettings;
import io.foundling.intake.api.EventsOperation;
import io.foundling.intake.lineage.LineageOperations;
import io.foundling.intake.sink.DurableRecorder;
import io.foundling.intake.sink.RecorderSink;
import io.foundling.intake.sink.SinkSettings;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.IntakeSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.IntakeMetrics;
import io.foundling.service.recorder.OwnRecorder;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The intake as a part of a process: its recorder, and the operations that feed it. */
public final class IntakePart implements AutoCloseable {

    /** The service that the recorder names itself; events name their own producers. */
    static final String SERVICE = "foundling-intake";

    private static final Logger LOG = LoggerFactory.getLogger(IntakePart.class);
    private static final long MOST_BYTES = 64 << 20;

    /** While as many events wait as may, as many are read. */
    private static final int ROOM = 2;

    private static final Duration GATHERED = Duration.ofMillis(1);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(10);
    private static final String UNKNOWN = "unknown";

    private final IntakeSettings settings;
    private final IntakeMetrics metrics;
    private final RecorderSink sink;
    private final EventRoom room;
    private final Producer producer;

    /**
     * Starts the recorder, which connects when the first event comes.
     *
     * @param version of this build
     * @param mostWaiting requests that may wait at once: fewer than the server has threads
     * @throws ConfigurationException if the spool cannot be used
     */
    public IntakePart(ServiceConfig config, String version, IntakeMetrics metrics, int mostWaiting) {
        settings = config.intake();
        this.metrics = metrics;
        producer = new Producer(SERVICE, config.instance().name(), UNKNOWN, 0L);
        IntakeSettings.Limits limits = settings.limits();
        SinkSettings bounds = new SinkSettings(
                Math.max(limits.inFlight(), limits.eventsOfRequest()), MOST_BYTES, mostWaiting, limits.timeout());
        room = new EventRoom(ROOM * bounds.mostEvents());
        sink = new RecorderSink(recorder(config, version, bounds, metrics), bounds, metrics);
        LOG.info(
                "intake takes events for topic {}, and accepts them once {}",
                settings.topic(),
                settings.durability()
                        .spool()
                        .map(spool -> "they are on disk below " + spool)
                        .orElse("the broker has acknowledged them"));
    }

    /** The queue has room for all that the sink lets in, so that no event is lost because it is full. */
    private static DurableRecorder recorder(
            ServiceConfig config, String version, SinkSettings bounds, IntakeMetrics metrics) {
        RecorderBuilder builder = OwnRecorder.of(
                        config, SERVICE, version, config.intake().topic())
                .queue(2 * bounds.mostEvents(), 2 * bounds.mostBytes())
                .drainInterval(GATHERED)
                .closeTimeout(CLOSES_WITHIN);
        IntakeSettings.Durability durability = config.intake().durability();
        durability
                .spool()
                .ifPresent(spool -> builder.spillBelow(spool, durability.spoolMaxBytes())
                        .durable(Duration.ZERO)
                        .metrics(metrics.spool()));
        try {
            return DurableRecorder.of(builder.build());
        } catch (UncheckedIOException unusable) {
            throw new ConfigurationException(
                    "the configuration of intake",
                    List.of("intake.spoolDirectory cannot be used: " + unusable.getMessage()));
        }
    }

    /** @param schemas gets what the descriptions of the operations refer to */
    public List<Operation> operations(JsonSchemas schemas) {
        EventSettings events = new EventSettings(
                settings.limits().eventsOfRequest(), settings.limits().bytesOfRequest(), producer);
        List<Operation> operations = new ArrayList<>();
        operations.add(EventsOperation.of(sink, events, room, metrics, schemas));
        operations.addAll(
                new LineageOperations(sink, events.mostEvents(), events.mostBytes(), room, metrics).operations());
        return operations;
    }

    /** Returns how many events wait to become durable. */
    public int inFlight() {
        return sink.inFlight();
    }

    /** Returns a sentence if no event has become durable for long. */
    public Optional<String> problem() {
        return sink.problem();
    }

    @Override
    public void close() {
        sink.close();
    }
}
