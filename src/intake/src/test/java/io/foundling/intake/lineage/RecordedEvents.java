package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Status;
import io.foundling.topology.harness.LedgerHarness;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

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
        JsonNode json = EventJson.read(event.getBytes(StandardCharsets.UTF_8), RunEvent.SHAPE, 10_000);
        return RunEvent.of(json).map(new LineageTranslation("test")::of).orElse(List.of());
    }

    /** Sends events to a ledger at the times when they happened. */
    static void send(LedgerHarness ledger, List<String> events) {
        for (String event : events) {
            for (AuditEvent translated : translated(event)) {
                Instant at = translated.getOccurredAt();
                ledger.wallReaches(at.isAfter(ledger.now()) ? at : ledger.now());
                ledger.sendBytes(LedgerHarness.key(translated), ledger.encode(translated));
            }
        }
    }

    /** Sends events repeatedly and in another order. */
    static void sendShuffled(LedgerHarness ledger, List<String> events, int seed) {
        List<String> shuffled = new ArrayList<>(events);
        shuffled.addAll(events);
        Collections.shuffle(shuffled, new Random(seed));
        send(ledger, shuffled);
    }

    static Map<String, Status> statuses(LedgerHarness ledger) {
        Map<String, Status> statuses = new TreeMap<>();
        ledger.dispositions().forEach((key, disposition) -> statuses.put(key, disposition.getStatus()));
        return statuses;
    }
}
