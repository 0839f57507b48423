package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads texts, lists and expressions: a plain value is a constant, {@code {field: NAME}} the content of a field. */
final class ExpressionReader {

    private static final String FIRST_OF = "firstOf";
    private static final String JOIN = "join";
    private static final String RECORD = "record";
    private static final String TIMESTAMP = "timestamp";

    private ExpressionReader() {}

    static Optional<Expression> expression(YamlValue value) {
        if (!value.isMapping()) {
            return text(value).map(Expression.Constant::new);
        }
        YamlSection section = value.section();
        Optional<Expression> source = source(value, section);
        Optional<Long> plus = section.optional("plus").flatMap(ExpressionReader::number);
        Optional<TimeFormat> format = TimeFormatReader.format(section, TimeFormat.DEFAULT);
        section.close();
        return source.map(read -> plus.isPresent() ? new Expression.Plus(read, plus.get()) : read)
                .map(read -> format.isPresent() ? new Expression.Moment(read, format.get()) : read);
    }

    /** Reads the one key of a section that names a source; other keys are the caller's. */
    static Optional<Expression> source(YamlValue value, YamlSection section) {
        List<String> named = new ArrayList<>();
        Optional<Expression> source = Optional.empty();
        for (Input.Root root : Input.Root.values()) {
            Optional<YamlValue> path = section.optional(root.written());
            if (path.isPresent()) {
                named.add(root.written());
                source = path(path.get(), root).map(found -> new Expression.Found(root, found));
            }
        }
        for (String key : List.of(FIRST_OF, JOIN, RECORD)) {
            Optional<YamlValue> content = section.optional(key);
            if (content.isPresent()) {
                named.add(key);
                source = composed(key, content.get(), section);
            }
        }
        if (named.size() == 1) {
            return source;
        }
        value.problem(
                named.isEmpty()
                        ? value.path() + " needs one of the keys field, element, header, key, firstOf, join, record"
                        : value.path() + " has " + String.join(" and ", named) + ", keep one of them");
        return Optional.empty();
    }

    private static Optional<Expression> composed(String key, YamlValue content, YamlSection section) {
        if (key.equals(RECORD)) {
            return timestamp(content);
        }
        List<Expression> parts = new ArrayList<>();
        for (YamlValue item : items(content)) {
            expression(item).ifPresent(parts::add);
        }
        if (key.equals(FIRST_OF)) {
            return Optional.of(new Expression.FirstOf(parts));
        }
        String separator =
                section.optional("by").flatMap(ExpressionReader::text).orElse("/");
        return Optional.of(new Expression.Join(parts, separator));
    }

    private static Optional<Expression> timestamp(YamlValue value) {
        Optional<String> name = text(value);
        if (name.isPresent() && !name.get().equals(TIMESTAMP)) {
            value.problem(value.path() + " is '" + name.get() + "', must be " + TIMESTAMP);
        }
        return name.map(read -> new Expression.Timestamp());
    }

    /** Reads the path of a value below a root. */
    static Optional<FieldPath> path(YamlValue value, Input.Root root) {
        return text(value)
                .map(written ->
                        written.equals(".") && root.isWholeByDot() ? FieldPath.itself() : FieldPath.of(written));
    }

    private static Optional<Long> number(YamlValue value) {
        Optional<String> text = text(value);
        try {
            return text.map(Long::valueOf);
        } catch (NumberFormatException unfit) {
            value.problem(value.path() + " is '" + text.get() + "', must be a whole number");
            return Optional.empty();
        }
    }

    /** Returns a value as it is written; quotes are needed only where YAML itself needs them. */
    static Optional<String> text(YamlValue value) {
        Optional<String> text = value.text();
        if (text.filter(String::isBlank).isPresent()) {
            value.problem(value.path() + " is empty, expected a text");
            return Optional.empty();
        }
        return text;
    }

    /** Returns the values of a list; one value alone is a list of one. */
    static List<String> texts(YamlValue value) {
        List<String> texts = new ArrayList<>();
        for (YamlValue item : items(value)) {
            text(item).ifPresent(texts::add);
        }
        return texts;
    }

    static List<YamlValue> items(YamlValue value) {
        if (!value.isList()) {
            return List.of(value);
        }
        List<YamlValue> items = value.items().orElseThrow();
        if (items.isEmpty()) {
            value.problem(value.path() + " is empty, expected at least one value");
        }
        return items;
    }
}
