package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.Status;
import io.foundling.console.access.Caller;
import io.foundling.console.acts.Act;
import io.foundling.console.acts.ActFilter;
import io.foundling.console.acts.ActTexts;
import io.foundling.console.acts.Instruction;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.web.ParameterType;
import io.foundling.topology.text.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads instructions of operators out of the bodies of requests. */
final class ActInput {

    static final int MAX_BYTES = 64 << 10;

    private static final String ACT = "act";
    private static final String REASON = "reason";
    private static final String UNTIL = "until";
    private static final String BY = "by";
    private static final String METADATA = "metadata";
    private static final String ID = "id";
    private static final String FILTER = "filter";
    private static final String CONFIRM = "confirm";
    private static final String LIST = "list";
    private static final String SOURCE = "source";
    private static final String STAGE = "stage";
    private static final String STATUS = "status";
    private static final String PARENT = "parent";
    private static final String MIN_AGE = "minAge";
    private static final int MAX_REASON = 1_024;
    private static final int MAX_DAYS = 20 * 365;

    static final ParameterType<UUID> UUID_TYPE = ParameterType.of(
            "a UUID such as 7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10",
            ActInput::uuid,
            JsonSchemas.typed("string").put("format", "uuid"));

    private static final ParameterType<String> ACTS = ParameterType.names(Act.NAMES);
    private static final ParameterType<String> TEXT = ParameterType.of(
            "one line of text, of at most " + MAX_REASON + " bytes",
            Optional::of,
            JsonSchemas.typed("string").put("minLength", 1).put("maxLength", MAX_REASON));
    private static final ParameterType<ActFilter.ListName> LISTS = ParameterType.oneOf(ActFilter.ListName.class);
    private static final ParameterType<Status> STATUSES = ParameterType.oneOf(Status.class);
    /** The ledger refuses what is later (rule T3). */
    private static final ParameterType<Instant> AHEAD = new ParameterType<>(
            "a moment to come within 20 years such as 2026-11-30T12:00:00Z, or how long from now, written like "
                    + DurationText.EXAMPLES,
            ActInput::ahead,
            JsonSchemas.typed("string").put("example", "6h"));

    private ActInput() {}

    /**
     * Returns what is to be done to one subject.
     *
     * @throws io.foundling.console.web.ProblemException if something is wrong with it
     */
    static Instruction one(byte[] body, Caller caller, Instant now) {
        JsonInput input = JsonInput.of(body, now);
        return instruction(input, caller);
    }

    /** Returns the id of the act that a body confirms; none if it is one to count. */
    static Optional<UUID> confirmed(byte[] body, Instant now) {
        JsonInput input = JsonInput.of(body, now);
        if (!input.has(CONFIRM)) {
            return Optional.empty();
        }
        Optional<UUID> id = input.needed(CONFIRM, UUID_TYPE);
        input.check();
        return id;
    }

    /** An instruction, and for which subjects. */
    record Many(Instruction instruction, ActFilter filter) {}

    /** Returns what is to be done to all that a filter lists. */
    static Many many(byte[] body, Caller caller, Instant now) {
        JsonInput input = JsonInput.of(body, now);
        Optional<JsonInput> filter = input.object(FILTER);
        if (filter.isEmpty()) {
            input.fault(FILTER, "is missing, must be an object with a source, a stage or a parent");
        }
        Optional<ActFilter> read = filter.map(part -> filter(part, caller, now));
        return new Many(instruction(input, caller), read.orElseThrow());
    }

    private static ActFilter filter(JsonInput part, Caller caller, Instant now) {
        Optional<ActFilter.ListName> list = part.needed(LIST, LISTS);
        StageFilter stages =
                new StageFilter(part.found(SOURCE, Inputs.NAME), part.found(STAGE, Inputs.NAME), caller.sources());
        return new ActFilter(
                list.orElse(ActFilter.ListName.AWAITING),
                stages,
                part.found(STATUS, STATUSES),
                part.found(PARENT, Inputs.SUBJECT_KEY),
                part.found(MIN_AGE, ParameterType.duration()).map(now::minus).orElse(now));
    }

    private static Instruction instruction(JsonInput input, Caller caller) {
        Optional<String> reason = input.needed(REASON, TEXT);
        reason.flatMap(ActTexts::faultOfReason).ifPresent(fault -> input.fault(REASON, fault));
        Optional<UUID> id = input.found(ID, UUID_TYPE);
        Optional<Act> act = input.needed(ACT, ACTS).flatMap(name -> act(name, input));
        input.check();
        return new Instruction(id.orElseGet(UUID::randomUUID), caller, act.orElseThrow(), reason.orElseThrow());
    }

    private static Optional<Act> act(String name, JsonInput input) {
        return switch (name) {
            case "extend" -> input.needed(UNTIL, AHEAD).map(Act.Extend::new);
            case "expect" -> Optional.of(new Act.Expect(input.found(BY, AHEAD)));
            case "annotate" -> Optional.of(new Act.Annotate(metadata(input)));
            case "cancel" -> Optional.of(new Act.Cancel());
            case "erase" -> Optional.of(new Act.Erase());
            default -> throw new IllegalStateException("no act is named " + name);
        };
    }

    private static Map<String, String> metadata(JsonInput input) {
        Map<String, String> metadata = input.texts(METADATA).orElse(Map.of());
        ActTexts.faultOfMetadata(metadata).ifPresent(fault -> input.fault(METADATA, "is not as expected: " + fault));
        return metadata;
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static Optional<Instant> ahead(String text, Instant now) {
        Optional<Instant> moment = DurationText.parse(text)
                .filter(span -> span.toDays() < MAX_DAYS)
                .map(now::plus)
                .or(() -> moment(text));
        return moment.filter(
                then -> then.isAfter(now) && Duration.between(now, then).toDays() < MAX_DAYS);
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.ofEpochMilli(Instant.parse(text).toEpochMilli()));
        } catch (DateTimeException | ArithmeticException noMoment) {
            return Optional.empty();
        }
    }

    /** The JSON Schema of what {@link #one} reads. */
    static ObjectNode schemaOfOne() {
        return object(fields(), List.of(ACT, REASON));
    }

    /** The JSON Schema of what {@link #confirmed} and {@link #many} read. */
    static ObjectNode schemaOfMany() {
        Map<String, ObjectNode> filter = new LinkedHashMap<>();
        filter.put(LIST, LISTS.schema());
        filter.put(SOURCE, Inputs.NAME.schema());
        filter.put(STAGE, Inputs.NAME.schema());
        filter.put(STATUS, STATUSES.schema());
        filter.put(PARENT, Inputs.SUBJECT_KEY.schema());
        filter.put(MIN_AGE, ParameterType.duration().schema());
        Map<String, ObjectNode> many = fields();
        many.put(FILTER, object(filter, List.of(LIST)));
        ObjectNode either = JsonSchemas.typed("object");
        either.putArray("oneOf")
                .add(object(many, List.of(ACT, REASON, FILTER)))
                .add(object(Map.of(CONFIRM, UUID_TYPE.schema()), List.of(CONFIRM)));
        return either;
    }

    private static Map<String, ObjectNode> fields() {
        Map<String, ObjectNode> fields = new LinkedHashMap<>();
        fields.put(ACT, ACTS.schema());
        fields.put(REASON, described(TEXT, "Why; in the trail, on one line."));
        fields.put(UNTIL, described(AHEAD, "Of extend: the new deadline."));
        fields.put(BY, described(AHEAD, "Of expect: when work should have begun; without it the policy decides."));
        ObjectNode metadata = JsonSchemas.typed("object").put("description", "Of annotate: what to add.");
        metadata.set("additionalProperties", TEXT.schema());
        fields.put(METADATA, metadata);
        fields.put(ID, described(UUID_TYPE, "Your own id, so that a repeat changes nothing."));
        return fields;
    }

    private static ObjectNode described(ParameterType<?> type, String description) {
        return type.schema().deepCopy().put("description", description);
    }

    private static ObjectNode object(Map<String, ObjectNode> properties, List<String> required) {
        ObjectNode object = JsonSchemas.closed(properties);
        required.forEach(object.putArray("required")::add);
        return object;
    }
}
