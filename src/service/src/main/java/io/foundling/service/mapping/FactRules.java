package io.foundling.service.mapping;

import java.util.List;
import java.util.Optional;

/**
 * The rules that decide which facts a record reports.
 *
 * @param field whose value rules without a condition of their own compare
 * @param rules the first that fits is applied
 * @param skipOthers whether records that no rule fits are left out rather than rejected
 */
record FactRules(Optional<Expression> field, List<FactRule> rules, boolean skipOthers) {

    FactRules {
        rules = List.copyOf(rules);
    }

    /**
     * Returns the rule of a record; empty if the record is left out.
     *
     * @throws RecordRejectedException if it lacks the field, or no rule fits and such records are not left out
     */
    Optional<FactRule> of(Input input) throws RecordRejectedException {
        for (FactRule rule : rules) {
            if (holds(rule, input)) {
                return Optional.of(rule);
            }
        }
        if (field.isPresent()) {
            String fact = field.get().required(input);
            if (!skipOthers) {
                throw new RecordRejectedException("has '" + fact + "' in "
                        + field.get().name() + ", which no rule matches; add one, or set facts.otherwise to skip");
            }
        } else if (!skipOthers) {
            throw new RecordRejectedException("fits no rule; add one, or set facts.otherwise to skip");
        }
        return Optional.empty();
    }

    private static boolean holds(FactRule rule, Input input) throws RecordRejectedException {
        try {
            return rule.when().holds(input);
        } catch (RecordRejectedException rejected) {
            throw rejected.by(rule.path());
        }
    }
}
