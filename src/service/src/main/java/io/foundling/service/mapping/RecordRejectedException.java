package io.foundling.service.mapping;

import java.util.Optional;

/**
 * A record that gives no events. The message is the reason and continues the words "line 7" or "the record": for
 * example "has no field 'id'".
 */
public final class RecordRejectedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String rule;

    public RecordRejectedException(String reason) {
        this(reason, null);
    }

    private RecordRejectedException(String reason, String rule) {
        super(reason);
        this.rule = rule;
    }

    /** Returns the same rejection by a rule, unless it already names one. */
    RecordRejectedException by(String applied) {
        return rule == null ? new RecordRejectedException(getMessage(), applied) : this;
    }

    /** Returns the path of the rule in the mapping, such as {@code facts.rules[2]}; empty if no rule was reached. */
    public Optional<String> rule() {
        return Optional.ofNullable(rule);
    }

    /** Returns the reason and the rule. */
    public String sentence() {
        return rule == null ? getMessage() : getMessage() + " (rule " + rule + ")";
    }
}
