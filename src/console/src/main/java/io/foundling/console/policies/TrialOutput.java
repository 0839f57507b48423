package io.foundling.console.policies;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.audit.Alert;
import io.foundling.audit.OrphanWarning;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.names.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/** What a ledger on trial has published: every warning that it ever emitted, and what its alerts did in the window. */
final class TrialOutput {

    private final Window window;
    private final Map<WarningId, List<EmittedWarning>> warnings = new HashMap<>();

    /** By subject key. */
    private final Map<String, List<WarningId>> active = new HashMap<>();

    private final Map<String, FiredAlert> alerts = new TreeMap<>();
    private long reminders;
    private AvroDeserializer<OrphanWarning> orphans;
    private AvroDeserializer<Alert> fired;

    TrialOutput(Window window) {
        this.window = window;
    }

    /** Says with which schemas the ledger writes. */
    void reads(InMemoryRegistryClient registry) {
        orphans = new AvroDeserializer<>(registry, OrphanWarning.class);
        fired = new AvroDeserializer<>(registry, Alert.class);
    }

    /** Returns the warnings of an id, the last one emitted last. */
    List<EmittedWarning> warnings(WarningId id) {
        return warnings.getOrDefault(id, List.of());
    }

    /** Returns what warnings were emitted about. */
    Set<WarningId> ids() {
        return warnings.keySet();
    }

    /** Returns about how many things warnings were emitted. */
    int size() {
        return warnings.size();
    }

    /** Returns what the alerts did that fired in the window, by their keys. */
    Map<String, AlertFirings> alerts() {
        Map<String, AlertFirings> inWindow = new TreeMap<>();
        alerts.forEach((key, alert) -> alert.in(window).ifPresent(firings -> inWindow.put(key, firings)));
        return inWindow;
    }

    /** Returns how many reminders were published in the window. */
    long reminders() {
        return reminders;
    }

    void orphan(Record<byte[], byte[]> record) {
        String key = new String(record.key(), UTF_8);
        switch (text(record, Headers.CHANGE)) {
            case "ORPHANED" -> emitted(key, orphans.deserialize("", record.value()));
            case "UPDATED" -> updated(key, orphans.deserialize("", record.value()));
            case "REMINDER" -> reminders += window.includes(record.timestamp()) ? 1 : 0;
            case "RECOVERY" -> ended(key, record, WarningEnd.RECOVERED);
            default -> ended(key, record, WarningEnd.WITHDRAWN);
        }
    }

    /** A subject that was forgotten may come again, with the same numbers (rule R4). */
    private void emitted(String key, OrphanWarning record) {
        WarningId id = id(key, record);
        EmittedWarning warning = of(record);
        List<EmittedWarning> ofId = warnings.computeIfAbsent(id, none -> new ArrayList<>(1));
        ofId.removeIf(former -> former.enteredAt().equals(warning.enteredAt()));
        ofId.add(warning);
        activate(id);
    }

    private void updated(String key, OrphanWarning record) {
        WarningId id = id(key, record);
        List<EmittedWarning> ofId = warnings.get(id);
        if (ofId == null) {
            emitted(key, record);
        } else {
            ofId.set(ofId.size() - 1, ofId.get(ofId.size() - 1).updated(of(record)));
            activate(id);
        }
    }

    private static WarningId id(String key, OrphanWarning warning) {
        return new WarningId(key, warning.getAttempt(), warning.getStatus(), warning.getExtension());
    }

    private static EmittedWarning of(OrphanWarning warning) {
        Instant limit = warning.getStartsAt().plusMillis(warning.getGrace());
        return new EmittedWarning(
                warning.getRule(),
                warning.getReason(),
                warning.getEnteredAt(),
                limit,
                warning.getDetectedAt(),
                WarningEnd.ACTIVE,
                warning.getUnknown());
    }

    /** A tombstone does not say which extension it is about: of several, the first that is active. */
    private void ended(String key, Record<byte[], byte[]> record, WarningEnd how) {
        List<WarningId> ofSubject = active.getOrDefault(key, List.of());
        String attempt = text(record, Headers.ATTEMPT);
        String status = text(record, Headers.STATUS);
        ofSubject.stream()
                .filter(id -> Integer.toString(id.attempt()).equals(attempt)
                        && id.status().name().equals(status))
                .min(WarningId.ORDER)
                .ifPresent(id -> {
                    ofSubject.remove(id);
                    List<EmittedWarning> ofId = warnings.get(id);
                    ofId.set(ofId.size() - 1, ofId.get(ofId.size() - 1).ended(how));
                });
        if (ofSubject.isEmpty()) {
            active.remove(key);
        }
    }

    private void activate(WarningId id) {
        List<WarningId> ofSubject = active.computeIfAbsent(id.subjectKey(), none -> new ArrayList<>(1));
        if (!ofSubject.contains(id)) {
            ofSubject.add(id);
        }
    }

    void alert(Record<byte[], byte[]> record) {
        if (record.value() != null) {
            alerts.computeIfAbsent(new String(record.key(), UTF_8), none -> new FiredAlert())
                    .follow(fired.deserialize("", record.value()), record.timestamp());
        }
    }

    private static String text(Record<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
