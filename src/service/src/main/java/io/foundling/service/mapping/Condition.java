package io.foundling.service.mapping;

import java.util.List;
import java.util.Optional;

/** What a record must have so that a rule is applied to it, or one of the rule's events is made. */
sealed interface Condition {

    boolean holds(Input input) throws RecordRejectedException;

    /** Always holds. */
    record Always() implements Condition {
        @Override
        public boolean holds(Input input) {
            return true;
        }
    }

    /** A text that fits one of the patterns; what is absent or empty fits none. */
    record Is(Expression source, List<ValuePattern> patterns) implements Condition {
        public Is {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean holds(Input input) throws RecordRejectedException {
            Optional<String> text = source.in(input);
            if (text.isEmpty() || text.get().isEmpty()) {
                return false;
            }
            for (ValuePattern pattern : patterns) {
                if (pattern.matches(text.get())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether there is a text: neither absent nor null nor empty. */
    record Exists(Expression source, boolean expected) implements Condition {
        @Override
        public boolean holds(Input input) throws RecordRejectedException {
            boolean exists = !source.in(input).orElse("").isEmpty();
            return exists == expected;
        }
    }

    /** All of several conditions, or one of them. */
    record Several(List<Condition> conditions, boolean all) implements Condition {
        public Several {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(Input input) throws RecordRejectedException {
            for (Condition condition : conditions) {
                if (condition.holds(input) != all) {
                    return !all;
                }
            }
            return all;
        }
    }
}
