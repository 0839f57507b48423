package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.AuditEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Events as the integrations of OpenLineage send them, and what they become. */
final class RecordedEvents {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordedEvents() {}

    /** Returns the events of a file, each as it is sent. */
    static List<String> of(String integration) {
        try (InputStream file = RecordedEvents.class.getResourceAsStream("/openlineage/" + integration + ".json")) {
            List<String> events = new ArrayList<>();
            for (JsonNode event : MAPPER.readTree(file)) {
                events.add(event.toString());
            }
            return events;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<AuditEvent> translated(String event) {
        JsonNode json = EventJson.read(event.getBytes(StandardCharsets.UTF_8), RunEvent.SHAPE);
        return RunEvent.of(json).map(new LineageTranslation("test")::of).orElse(List.of());
    }
}
