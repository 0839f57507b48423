package io.foundling.service.replay.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what lines with certain values say: {@code when}, {@code body}, {@code fields} and {@code metadata}. */
final class RuleReader {

    private final Problems problems;
    private final ExpressionReader expressions;
    private final TimeFormat times;

    RuleReader(Problems problems, TimeFormat times) {
        this.problems = problems;
        this.expressions = new ExpressionReader(problems);
        this.times = times;
    }

    Optional<FactRule> rule(String path, Node node) {
        Section section = new Section(path, node, problems);
        List<ValuePattern> when = section
                .required("when")
                .map(value -> expressions.texts(section.path("when"), value))
                .orElse(List.of())
                .stream()
                .map(ValuePattern::of)
                .toList();
        Optional<Schema> body = section.required("body").flatMap(name -> body(section.path("body"), name));
        Optional<Node> fields = section.optional("fields");
        List<MetadataEntry> metadata = section.optional("metadata")
                .map(entries -> metadata(section.path("metadata"), entries))
                .orElse(List.of());
        section.close();
        return body.map(schema -> new FactRule(
                when, new BodyTemplate(schema, fields(section.path("fields"), node, fields, schema)), metadata));
    }

    List<MetadataEntry> metadata(String path, Node node) {
        List<MetadataEntry> entries = new ArrayList<>();
        for (Node item : expressions.items(path, node)) {
            Section section = new Section(path, item, problems);
            Optional<Expression> key =
                    section.required("key").flatMap(text -> expressions.expression(section.path("key"), text));
            Optional<Expression> value =
                    section.required("value").flatMap(text -> expressions.expression(section.path("value"), text));
            section.close();
            if (key.isPresent() && value.isPresent()) {
                entries.add(new MetadataEntry(key.get(), value.get()));
            }
        }
        return entries;
    }

    private Optional<Schema> body(String path, Node node) {
        Optional<String> name = expressions.text(path, node);
        Optional<Schema> schema = name.flatMap(wanted -> BodyTemplate.bodies().stream()
                .filter(body -> body.getName().equals(wanted))
                .findFirst());
        if (name.isPresent() && schema.isEmpty()) {
            List<String> known =
                    BodyTemplate.bodies().stream().map(Schema::getName).toList();
            problems.add(node, path + " is '" + name.get() + "', must be one of " + String.join(", ", known));
        }
        return schema;
    }

    private Map<String, BodyField> fields(String path, Node rule, Optional<Node> node, Schema body) {
        Map<String, BodyField> fields = new LinkedHashMap<>();
        Optional<Section> section = node.map(present -> new Section(path, present, problems));
        for (Schema.Field field : body.getFields()) {
            Optional<Node> value = section.flatMap(present -> present.optional(field.name()));
            value.flatMap(present -> field(path + '.' + field.name(), present, FieldType.present(field.schema())))
                    .ifPresent(read -> fields.put(field.name(), read));
            if (value.isEmpty() && BodyTemplate.mustBeNamed(body, field)) {
                problems.add(rule, path + " needs a key '" + field.name() + "', as every " + body.getName());
            }
        }
        section.ifPresent(Section::close);
        return fields;
    }

    private Optional<BodyField> field(String path, Node node, Schema type) {
        return switch (type.getType()) {
            case MAP -> Optional.of(new BodyField.Entries(type, entries(path, node, type.getValueType())));
            case ARRAY -> Optional.of(new BodyField.Items(type, list(path, node, type.getElementType())));
            default -> typed(path, node, type).map(text -> new BodyField.Single(type, text));
        };
    }

    private Map<String, Expression> entries(String path, Node node, Schema type) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        new Section(path, node, problems)
                .all()
                .forEach((name, value) ->
                        typed(path + '.' + name, value, type).ifPresent(text -> entries.put(name, text)));
        return entries;
    }

    private List<Expression> list(String path, Node node, Schema type) {
        List<Expression> texts = new ArrayList<>();
        for (Node item : expressions.items(path, node)) {
            typed(path, item, type).ifPresent(texts::add);
        }
        return texts;
    }

    /** A constant of the wrong type is found here rather than on every line. */
    private Optional<Expression> typed(String path, Node node, Schema type) {
        Optional<Expression> read = expressions.expression(path, node);
        if (read.isPresent() && read.get() instanceof Expression.Constant constant) {
            try {
                FieldType.parse(type, constant.text(), times);
            } catch (IllegalArgumentException unfit) {
                problems.add(node, path + ": " + unfit.getMessage());
            }
        }
        return read;
    }
}
