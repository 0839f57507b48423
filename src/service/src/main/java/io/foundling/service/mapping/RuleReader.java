package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Reads one rule: {@code when}, {@code body}, {@code fields} and {@code metadata}. */
final class RuleReader {

    private final TimeFormat times;

    RuleReader(TimeFormat times) {
        this.times = times;
    }

    Optional<FactRule> rule(YamlValue rule) {
        YamlSection section = rule.section();
        List<ValuePattern> when = section.required("when").map(ExpressionReader::texts).orElse(List.of()).stream()
                .map(ValuePattern::of)
                .toList();
        Optional<Schema> body = section.required("body").flatMap(RuleReader::body);
        Optional<YamlValue> fields = section.optional("fields");
        List<MetadataEntry> metadata =
                section.optional("metadata").map(RuleReader::metadata).orElse(List.of());
        section.close();
        return body.map(schema ->
                new FactRule(rule.path(), when, new BodyTemplate(schema, fields(rule, fields, schema)), metadata));
    }

    static List<MetadataEntry> metadata(YamlValue list) {
        List<MetadataEntry> entries = new ArrayList<>();
        for (YamlValue item : ExpressionReader.items(list)) {
            YamlSection section = item.section();
            Optional<Expression> key = section.required("key").flatMap(ExpressionReader::expression);
            Optional<Expression> value = section.required("value").flatMap(ExpressionReader::expression);
            section.close();
            if (key.isPresent() && value.isPresent()) {
                entries.add(new MetadataEntry(key.get(), value.get()));
            }
        }
        return entries;
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

    private Map<String, BodyField> fields(YamlValue rule, Optional<YamlValue> written, Schema body) {
        Map<String, BodyField> fields = new LinkedHashMap<>();
        Optional<YamlSection> section = written.map(YamlValue::section);
        for (Schema.Field field : body.getFields()) {
            Optional<YamlValue> value = section.flatMap(present -> present.optional(field.name()));
            value.flatMap(present -> field(present, FieldType.present(field.schema())))
                    .ifPresent(read -> fields.put(field.name(), read));
            if (value.isEmpty() && BodyTemplate.mustBeNamed(body, field)) {
                rule.problem(rule.path() + ".fields needs a key '" + field.name() + "', as every " + body.getName());
            }
        }
        section.ifPresent(YamlSection::close);
        return fields;
    }

    private Optional<BodyField> field(YamlValue value, Schema type) {
        return switch (type.getType()) {
            case MAP -> Optional.of(new BodyField.Entries(type, entries(value, type.getValueType())));
            case ARRAY -> Optional.of(new BodyField.Items(type, list(value, type.getElementType())));
            default -> typed(value, type).map(text -> new BodyField.Single(type, text));
        };
    }

    private Map<String, Expression> entries(YamlValue value, Schema type) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        value.section().all().forEach((name, entry) -> typed(entry, type).ifPresent(text -> entries.put(name, text)));
        return entries;
    }

    private List<Expression> list(YamlValue value, Schema type) {
        List<Expression> texts = new ArrayList<>();
        for (YamlValue item : ExpressionReader.items(value)) {
            typed(item, type).ifPresent(texts::add);
        }
        return texts;
    }

    /** A constant of the wrong type is found here rather than on every line. */
    private Optional<Expression> typed(YamlValue value, Schema type) {
        Optional<Expression> read = ExpressionReader.expression(value);
        if (read.isPresent() && read.get() instanceof Expression.Constant constant) {
            try {
                FieldType.parse(type, constant.text(), times);
            } catch (IllegalArgumentException unfit) {
                value.problem(value.path() + ": " + unfit.getMessage());
            }
        }
        return read;
    }
}
