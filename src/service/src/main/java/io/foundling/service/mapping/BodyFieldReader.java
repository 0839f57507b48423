package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Reads the sources of one body's fields. */
final class BodyFieldReader {

    private final TimeFormat times;

    BodyFieldReader(TimeFormat times) {
        this.times = times;
    }

    Optional<BodyField> field(YamlValue value, Schema type) {
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

    /** A constant of the wrong type is found here rather than on every record. */
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
