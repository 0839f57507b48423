package io.foundling.service.it.intake;

import io.foundling.audit.AuditEvent;
import io.foundling.local.FreePorts;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.SmallDisk;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Deserializer;

/** {@code foundling intake} as a process that keeps its address, and what is in its topic. */
final class LiveIntake implements AutoCloseable {

    private final LocalStack stack;
    private final String topic;
    private final String url;
    private final ServiceProcess process;

    LiveIntake(LocalStack stack, ServiceProcess process, String topic, int port) {
        this.stack = stack;
        this.process = process;
        this.topic = topic;
        url = "http://127.0.0.1:" + port;
    }

    /** Prepares one that is not running yet. */
    static LiveIntake of(LocalStack stack, Path directory, Map<String, String> settings) throws IOException {
        return of(stack, directory, settings, process -> process);
    }

    /** Prepares one that sees a small disk. */
    static LiveIntake of(LocalStack stack, Path directory, Map<String, String> settings, SmallDisk disk)
            throws IOException {
        return of(stack, directory, settings, process -> process.within(disk));
    }

    private static LiveIntake of(
            LocalStack stack, Path directory, Map<String, String> settings, UnaryOperator<ServiceProcess> further)
            throws IOException {
        int port = FreePorts.freePort();
        Map<String, String> all = new HashMap<>(settings);
        all.put("console.port", Integer.toString(port));
        all.putIfAbsent("sources", TopicNames.EVENTS);
        Path yaml = Files.writeString(directory.resolve("foundling.yaml"), "");
        ServiceProcess process =
                ServiceProcess.of(stack, directory, "intake", yaml, all).running("intake");
        return new LiveIntake(stack, further.apply(process), all.get("sources"), port);
    }

    String url() {
        return url;
    }

    ServiceProcess process() {
        return process;
    }

    void start() {
        process.start().awaitReady();
    }

    /** Returns the ids of all events in the topic, copies too. */
    List<UUID> written() {
        List<UUID> ids = new ArrayList<>();
        try (Deserializer<AuditEvent> events =
                AvroSerdes.deserializer(Map.of("schema.registry.url", stack.registryUrl()), AuditEvent.class)) {
            new TopicReader(stack.bootstrapServers())
                    .committed(topic)
                    .forEach(record ->
                            ids.add(events.deserialize(topic, record.value()).getEventId()));
        }
        return ids;
    }

    @Override
    public void close() {
        process.close();
    }
}
