package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Reads rules: what they apply to, and the one event or the several that they make. */
final class RuleReader {

    private final ConditionReader conditions;
    private final WrittenParts document;
    private final Set<String> missing = new TreeSet<>();

    /** @param document the parts that are written for all rules */
    RuleReader(ConditionReader conditions, WrittenParts document) {
        this.conditions = conditions;
        this.document = document;
    }

    /** Returns the rules of a list. */
    List<FactRule> rules(YamlValue list) {
        List<FactRule> rules = new ArrayList<>();
        List<YamlValue> items = ExpressionReader.items(list);
        for (YamlValue item : items) {
            rules.add(rule(item, item == items.get(items.size() - 1)));
        }
        return rules;
    }

    /** Returns the keys that some event needs and that are neither its own, nor its rule's, nor the document's. */
    Set<String> missing() {
        return missing;
    }

    private FactRule rule(YamlValue value, boolean isLast) {
        YamlSection section = value.section();
        Optional<YamlValue> when = section.optional("when");
        if (when.isEmpty() && !isLast) {
            value.problem(value.path() + " has no key 'when', so that no rule after it would ever be applied");
        }
        WrittenParts parts = WrittenParts.read(section, document);
        Optional<YamlValue> list = section.optional("events");
        List<EventTemplate> events = new ArrayList<>();
        if (list.isPresent()) {
            if (section.optional("body").isPresent()) {
                value.problem(value.path() + " has body and events, keep one of them");
            }
            for (YamlValue item : list.get().items().orElse(List.of())) {
                listed(item, parts).ifPresent(events::add);
            }
        } else {
            template(value, section, parts, Optional.empty()).ifPresent(events::add);
        }
        section.close();
        return new FactRule(value.path(), when.map(conditions::condition).orElse(new Condition.Always()), events);
    }

    private Optional<EventTemplate> listed(YamlValue value, WrittenParts rule) {
        YamlSection section = value.section();
        Condition when = section.optional("when").map(conditions::condition).orElse(new Condition.Always());
        Optional<Expression.Found> forEach = section.optional("forEach")
                .flatMap(array -> ExpressionReader.path(array, Input.Root.FIELD))
                .map(path -> new Expression.Found(Input.Root.FIELD, path));
        WrittenParts parts = WrittenParts.read(section, rule);
        Optional<EventTemplate> event = template(value, section, parts, Optional.of(new Listed(when, forEach)));
        section.close();
        return event;
    }

    private Optional<EventTemplate> template(
            YamlValue value, YamlSection section, WrittenParts parts, Optional<Listed> listed) {
        missing.addAll(parts.missing());
        Optional<Schema> body = section.required("body").flatMap(RuleReader::body);
        Optional<YamlValue> fields = section.optional("fields");
        if (body.isEmpty() || !parts.missing().isEmpty()) {
            return Optional.empty();
        }
        EventIdentity identity = new EventIdentity(parts.eventId(), listed.isPresent());
        if (!identity.differsByTry(parts.complete())) {
            String numbers = parts.attempt().orElseThrow().places().stream()
                    .map(Expression::name)
                    .distinct()
                    .collect(Collectors.joining(" and "));
            value.problem(value.path() + " takes its attempt from " + numbers + ", which its eventId lacks, so the next"
                    + " try would have the id of this one and be dropped as a duplicate; add it to eventId");
        }
        return Optional.of(new EventTemplate(
                value.path(),
                listed.map(Listed::when).orElse(new Condition.Always()),
                listed.flatMap(Listed::forEach),
                parts.complete(),
                identity,
                new BodyTemplate(body.get(), fields(value, fields, body.get(), parts.times()))));
    }

    private static Optional<Schema> body(YamlValue value) {
        Optional<String> name = ExpressionReader.text(value);
        Optional<Schema> schema = name.flatMap(wanted -> BodyTemplate.bodies().stream()
                .filter(body -> body.getName().equals(wanted))
                .findFirst());
        if (name.isPresent() && schema.isEmpty()) {
            List<String> known =
                    BodyTemplate.bodies().stream().map(Schema::getName).toList();
            value.problem(value.path() + " is '" + name.get() + "', must be one of " + String.join(", ", known));
        }
        return schema;
    }

    private static Map<String, BodyField> fields(
            YamlValue event, Optional<YamlValue> written, Schema body, TimeFormat times) {
        BodyFieldReader reader = new BodyFieldReader(times);
        Map<String, BodyField> fields = new LinkedHashMap<>();
        Optional<YamlSection> section = written.map(YamlValue::section);
        for (Schema.Field field : body.getFields()) {
            Optional<YamlValue> value = section.flatMap(present -> present.optional(field.name()));
            value.flatMap(present -> reader.field(present, FieldType.present(field.schema())))
                    .ifPresent(read -> fields.put(field.name(), read));
            if (value.isEmpty() && BodyTemplate.mustBeNamed(body, field)) {
                event.problem(event.path() + ".fields needs a key '" + field.name() + "', as every " + body.getName());
            }
        }
        section.ifPresent(YamlSection::close);
        return fields;
    }

    /** What only an event of a list has. */
    private record Listed(Condition when, Optional<Expression.Found> forEach) {}
}
