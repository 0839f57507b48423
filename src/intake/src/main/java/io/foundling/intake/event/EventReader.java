package io.foundling.intake.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.console.web.Shown;
import io.foundling.topology.ledger.SubjectRules;
import io.foundling.topology.text.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Reads events as the console and {@code tail} show them: the fields of the schema, with the name of the body's record in
 * {@code fact}, or in {@code type} within the body. Whatever the schema does not have is refused; rules about values are the
 * recorder's. Any thread.
 */
public final class EventReader {

    private static final String FACT = "fact";
    private static final String BODY = "body";
    private static final String TYPE = "type";
    private static final String PRODUCER = "producer";
    private static final JsonNode NO_FIELDS = JsonNodeFactory.instance.objectNode();

    private final RecordReader event = new RecordReader(AuditEvent.getClassSchema(), "", Set.of(FACT, BODY, PRODUCER));
    private final RecordReader producer = new RecordReader(Producer.getClassSchema(), PRODUCER);
    private final Map<String, RecordReader> bodies = new LinkedHashMap<>();

    public EventReader() {
        for (Schema body : AuditEvent.getClassSchema().getField(BODY).schema().getTypes()) {
            bodies.put(body.getName(), new RecordReader(body, BODY, Set.of(TYPE)));
        }
    }

    /** Returns the names that a fact may have. */
    public Set<String> facts() {
        return bodies.keySet();
    }

    /** @throws RefusedEventException if this is no event of the contract */
    public AuditEvent read(JsonNode json, Origin origin) {
        AuditEvent read = (AuditEvent) event.read(json, field -> switch (field) {
            case "eventId" -> origin.eventId().orElse(null);
            case "occurredAt" -> origin.occurredAt().orElse(null);
            default -> null;
        });
        read.put(PRODUCER, producer(json.path(PRODUCER), origin.producer()));
        read.put(BODY, body(json.path(FACT), json.path(BODY)));
        checkSubject(read);
        return read;
    }

    private Producer producer(JsonNode json, Producer known) {
        if (json.isMissingNode() || json.isNull()) {
            return known;
        }
        return (Producer) producer.read(json, field -> switch (field) {
            case "service" -> known.getService();
            case "instance" -> known.getInstance();
            default -> known.getVersion();
        });
    }

    private Object body(JsonNode fact, JsonNode body) {
        JsonNode fields = body.isMissingNode() || body.isNull() ? NO_FIELDS : body;
        JsonNode type = fields.path(TYPE);
        if (!fact.isMissingNode() && !type.isMissingNode() && !fact.equals(type)) {
            throw new RefusedEventException("fact is " + ValueReaders.shown(fact) + " and body.type is "
                    + ValueReaders.shown(type) + ", must be the same, or one of them");
        }
        return fact.isMissingNode()
                ? reader(type, BODY + "." + TYPE).read(fields)
                : reader(fact, FACT).read(fields);
    }

    private RecordReader reader(JsonNode name, String path) {
        String expected = "must be one of " + String.join(", ", bodies.keySet());
        if (name.isMissingNode()) {
            throw new RefusedEventException("fact is missing, " + expected);
        }
        RecordReader found = name instanceof TextNode text ? bodies.get(text.textValue()) : null;
        if (found == null) {
            String suggestion = name.isTextual() ? Suggestion.of(name.textValue(), bodies.keySet()) : "";
            String shown = name.isTextual() ? Shown.of(name.textValue()) : ValueReaders.shown(name);
            throw new RefusedEventException(path + " is " + shown + ", " + expected + suggestion);
        }
        return found;
    }

    /** The ledger would not apply the events of another subject. */
    private static void checkSubject(AuditEvent event) {
        SubjectRules.objection(event.getSubject()).ifPresent(objection -> {
            throw new RefusedEventException(objection + " (rule L2)");
        });
    }
}
