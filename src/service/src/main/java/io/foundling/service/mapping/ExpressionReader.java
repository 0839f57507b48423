package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads texts, lists and expressions: a plain value is a constant, {@code {field: NAME}} the content of a line's field.
 */
final class ExpressionReader {

    private ExpressionReader() {}

    static Optional<Expression> expression(YamlValue value) {
        if (value.isMapping()) {
            YamlSection section = value.section();
            Optional<String> field = section.required("field").flatMap(ExpressionReader::text);
            section.close();
            return field.map(Expression.Field::new);
        }
        return text(value).map(Expression.Constant::new);
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
