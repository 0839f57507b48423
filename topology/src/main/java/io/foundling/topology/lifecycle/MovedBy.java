package io.foundling.topology.lifecycle;

/** What an extension, or a repeat of its status, did to a wait (rules T11 and T12). */
public enum MovedBy {
    /** An extension in time: it replaced the deadline. */
    EXTENSION_IN_TIME("T11"),
    /** An extension after the limit: it ended the wait, and began another one of the same status. */
    EXTENSION_AFTER_LIMIT("T12"),
    /** A repeat after the limit: somebody began again. */
    RESTART("T12"),
    /** A repeat before the limit: it changed nothing, and no later repeat is a restart. */
    REPEAT_IN_TIME("T12"),
    /** A repeat that changed nothing: one was in time before, a number says which try it is, or nobody began again. */
    REPEAT("T12");

    private final String rule;

    MovedBy(String rule) {
        this.rule = rule;
    }

    /** Returns the number of the rule in RULES.md. */
    public String rule() {
        return rule;
    }
}
