package io.foundling.intake.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Request;
import io.foundling.intake.EventRoom;
import io.foundling.intake.event.CloudEvent;
import io.foundling.intake.event.DerivedId;
import io.foundling.intake.event.EventReader;
import io.foundling.intake.event.JsonText;
import io.foundling.intake.event.Origin;
import io.foundling.intake.event.RefusedEventException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads the events of one request, before any of them is recorded. For one thread. */
final class RequestReader {

    static final String CLOUD_EVENT = "application/cloudevents+json";
    static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

    /** About the shortest that an event can be. */
    private static final int LEAST_BYTES = 64;

    private final Request request;
    private final EventReader reader;
    private final EventSettings settings;
    private final EventRoom.Share room;
    private final Producer producer;
    private final SourceRights rights;
    private final List<Item> items = new ArrayList<>();
    private final Map<UUID, Integer> derived = new HashMap<>();

    /** @param room holds the events when they are read; the caller closes it */
    RequestReader(Request request, EventReader reader, EventSettings settings, EventRoom.Share room) {
        this.request = request;
        this.reader = reader;
        this.settings = settings;
        this.room = room;
        rights = new SourceRights(request.caller());
        Producer own = settings.producer();
        producer = new Producer(rights.callerName(), own.getInstance(), own.getVersion(), 0L);
    }

    /**
     * Reads them. What they may take is held before, so that requests which are read at once do not stop each other.
     *
     * @throws ProblemException if the body is no JSON, except for a line of several, or has too many events, or if there is
     *     no room
     */
    List<Item> items() {
        room.atLeast(Math.min(settings.mostEvents(), 1 + request.body().length / LEAST_BYTES));
        read();
        room.atMost(items.size());
        if (items.isEmpty()) {
            throw ProblemException.of(400, "The request has no event");
        }
        return items;
    }

    private void read() {
        try {
            switch (request.payload().mediaType()) {
                case MediaTypes.NDJSON -> lines();
                case CLOUD_EVENT -> add(() -> cloudEvent(JsonText.one(request.body(), 0, request.body().length)));
                case CLOUD_EVENTS -> JsonText.oneOrMany(request.body(), json -> add(() -> cloudEvent(json)));
                default -> plain();
            }
        } catch (RefusedEventException malformed) {
            throw ProblemException.of(400, malformed.getMessage());
        }
    }

    private void plain() {
        Optional<CloudEvent> binary = Headers.cloudEvent(request);
        if (binary.isPresent()) {
            JsonNode data = JsonText.one(request.body(), 0, request.body().length);
            add(() -> of(data, binary.get()));
        } else {
            JsonText.oneOrMany(request.body(), json -> add(() -> event(json)));
        }
    }

    /** A line that is no JSON is refused alone: the others are as they would be without it. */
    private void lines() {
        byte[] body = request.body();
        int begin = 0;
        while (begin < body.length) {
            int end = begin;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            if (!isBlank(body, begin, end)) {
                line(body, begin, end - begin);
            }
            begin = end + 1;
        }
    }

    private void line(byte[] body, int begin, int length) {
        JsonNode json;
        try {
            json = JsonText.one(body, begin, length);
        } catch (RefusedEventException malformed) {
            checkCount();
            items.add(new Item.Unreadable(malformed.getMessage(), false));
            return;
        }
        add(() -> event(json));
    }

    private static boolean isBlank(byte[] bytes, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void add(Supplier<AuditEvent> event) {
        checkCount();
        try {
            AuditEvent read = event.get();
            items.add(rights.objection(read).<Item>map(Item.Forbidden::new).orElseGet(() -> new Item.Readable(read)));
        } catch (RefusedEventException refused) {
            items.add(new Item.Unreadable(refused.getMessage(), true));
        }
    }

    private void checkCount() {
        if (items.size() == settings.mostEvents()) {
            throw ProblemException.of(
                    413,
                    "The request has more than " + settings.mostEvents()
                            + " events (intake.maxEvents); send them in several");
        }
        room.atLeast(items.size() + 1);
    }

    private AuditEvent cloudEvent(JsonNode json) {
        CloudEvent attributes = CloudEvent.of(json);
        return of(CloudEvent.data(json), attributes);
    }

    private AuditEvent of(JsonNode data, CloudEvent attributes) {
        return reader.read(data, new Origin(Optional.of(attributes.eventId()), attributes.time(), producer));
    }

    /** Without an id of its own and without a key, an event is one that nobody repeats. */
    private AuditEvent event(JsonNode json) {
        Optional<String> key = request.found(Headers.KEY);
        boolean hasId = json.hasNonNull("eventId");
        boolean isNamed = hasId || key.isPresent();
        AuditEvent read = reader.read(
                json,
                new Origin(
                        hasId ? Optional.empty() : Optional.of(UUID.randomUUID()),
                        isNamed ? Optional.empty() : Optional.of(request.now()),
                        producer));
        if (!hasId && key.isPresent()) {
            read.put("eventId", derived(key.get(), read));
        }
        return read;
    }

    private UUID derived(String key, AuditEvent event) {
        String caller = request.caller().name();
        UUID first = DerivedId.ofKey(caller, key, event, 0);
        int before = derived.merge(first, 1, Integer::sum) - 1;
        return before == 0 ? first : DerivedId.ofKey(caller, key, event, before);
    }
}
