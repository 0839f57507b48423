package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@code when}: texts that the field of the facts is compared with, or conditions on any source. */
final class ConditionReader {

    private final Optional<Expression> field;

    /** @param field the field of the facts, if they name one */
    ConditionReader(Optional<Expression> field) {
        this.field = field;
    }

    Condition condition(YamlValue value) {
        if (value.isMapping()) {
            return written(value);
        }
        if (field.isEmpty()) {
            value.problem(value.path() + " has a text to compare with, but facts has no key 'field' to say what with");
        }
        return is(field.orElse(new Expression.Constant("")), value);
    }

    private Condition written(YamlValue value) {
        YamlSection section = value.section();
        Optional<YamlValue> all = section.optional("all");
        Optional<YamlValue> any = section.optional("any");
        if (all.isPresent() && any.isPresent()) {
            value.problem(value.path() + " has all and any, keep one of them");
        }
        Condition condition;
        if (all.isPresent() || any.isPresent()) {
            condition = new Condition.Several(conditions(all.or(() -> any).orElseThrow()), all.isPresent());
        } else {
            condition = compared(value, section);
        }
        section.close();
        return condition;
    }

    private List<Condition> conditions(YamlValue value) {
        List<Condition> conditions = new ArrayList<>();
        for (YamlValue item : ExpressionReader.items(value)) {
            conditions.add(condition(item));
        }
        return conditions;
    }

    private static Condition compared(YamlValue value, YamlSection section) {
        Expression source = ExpressionReader.source(value, section).orElse(new Expression.Constant(""));
        Optional<YamlValue> is = section.optional("is");
        Optional<YamlValue> exists = section.optional("exists");
        if (is.isPresent() == exists.isPresent()) {
            value.problem(value.path() + " needs one of the keys is, exists" + (is.isPresent() ? ", not both" : ""));
        }
        if (is.isPresent()) {
            return is(source, is.get());
        }
        return new Condition.Exists(source, exists.map(ConditionReader::flag).orElse(true));
    }

    private static Condition is(Expression source, YamlValue value) {
        return new Condition.Is(
                source,
                ExpressionReader.texts(value).stream().map(ValuePattern::of).toList());
    }

    private static boolean flag(YamlValue value) {
        String text = ExpressionReader.text(value).orElse("true");
        if (!text.equals("true") && !text.equals("false")) {
            value.problem(value.path() + " is '" + text + "', must be true or false");
        }
        return text.equals("true");
    }
}
