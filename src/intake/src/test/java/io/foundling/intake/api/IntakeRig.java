package io.foundling.intake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.console.access.Access;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.WebHarness;
import io.foundling.console.web.WebLimits;
import io.foundling.intake.EventRoom;
import io.foundling.intake.EventSink;
import io.foundling.intake.IntakeListener;
import io.foundling.intake.Outcome;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The operation over HTTP, with a sink that keeps what it gets. */
final class IntakeRig implements AutoCloseable, EventSink, IntakeListener {

    static final int MOST_EVENTS = 10_000;
    static final int MOST_BYTES = 4 << 20;
    static final Caller AIRFLOW =
            new Caller("token:airflow", EnumSet.of(Role.INTAKE), Optional.of(Set.of("university", "bank")));

    private final List<AuditEvent> recorded = new ArrayList<>();
    private final Map<Result, Integer> counts = new EnumMap<>(Result.class);
    private final EventRoom room = new EventRoom(MOST_EVENTS);
    private final WebHarness web;
    private Function<AuditEvent, Outcome> outcomes = event -> new Outcome.Accepted();

    IntakeRig() {
        this(ignored -> AIRFLOW);
    }

    IntakeRig(Access access) {
        EventSettings settings =
                new EventSettings(MOST_EVENTS, MOST_BYTES, new Producer("", "intake-1", "unknown", 0L));
        web = new WebHarness(
                List.of(EventsOperation.of(this, settings, room, this, new JsonSchemas())), access, WebLimits.DEFAULTS);
    }

    EventRoom room() {
        return room;
    }

    /** Decides from now on what becomes of events. */
    void answering(Function<AuditEvent, Outcome> answers) {
        outcomes = answers;
    }

    WebHarness web() {
        return web;
    }

    @Override
    public synchronized List<Outcome> record(List<AuditEvent> events) {
        recorded.addAll(events);
        return events.stream().map(outcomes).toList();
    }

    @Override
    public synchronized void received(Result result, int events) {
        counts.merge(result, events, Integer::sum);
    }

    synchronized List<AuditEvent> recorded() {
        return List.copyOf(recorded);
    }

    synchronized int refused() {
        return counts.getOrDefault(Result.REFUSED, 0);
    }

    HttpResponse<String> post(String type, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = type;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return web.post("/api/v1/events", body.replace('\'', '"'), all);
    }

    HttpResponse<String> json(String body, String... headers) {
        return post("application/json", body, headers);
    }

    static JsonNode results(HttpResponse<String> answer) {
        return parsed(answer).path("results");
    }

    static JsonNode parsed(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /** An event of source university, with further fields. */
    static String event(String id, String more) {
        return "{'subject':{'kind':'RECORD','source':'university','stage':'load','id':'" + id + "'},'fact':'Opened'"
                + more + "}";
    }

    @Override
    public void close() {
        web.close();
    }
}
