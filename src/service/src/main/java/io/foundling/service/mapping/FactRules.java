package io.foundling.service.mapping;

import java.util.List;
import java.util.Optional;

/**
 * The rules that decide which fact a line reports.
 *
 * @param field the field whose value selects a rule
 * @param rules the first that matches is applied
 * @param skipOthers whether lines without a matching rule are ignored rather than rejected
 */
record FactRules(String field, List<FactRule> rules, boolean skipOthers) {

    FactRules {
        rules = List.copyOf(rules);
    }

    /**
     * Returns the rule of a line; empty if the line is ignored.
     *
     * @throws RecordRejectedException if no rule matches and such lines are not ignored
     */
    Optional<FactRule> of(MappedRecord line) throws RecordRejectedException {
        String fact = line.requiredText(field);
        Optional<FactRule> rule =
                rules.stream().filter(one -> one.matches(fact)).findFirst();
        if (rule.isEmpty() && !skipOthers) {
            throw new RecordRejectedException("has '" + fact + "' in field '" + field
                    + "', which no rule matches; add one, or set facts.otherwise to skip");
        }
        return rule;
    }
}
