package io.foundling.topology.lifecycle;

/** What put a fact into its attempt (rules L5, L6, L7 and B2). */
public enum PlacedBy {
    /** Its own number. */
    NUMBER("L5"),
    /** Its number is too far above the attempt that was current: it has no part in any other rule. */
    OUT_OF_RANGE("L7"),
    /** It stays where facts had placed it that are gone. */
    KEPT("B2"),
    /** No fact was in the current attempt. */
    FIRST("L6"),
    /** Nothing made it start the next attempt. */
    CURRENT("L6"),
    /** It starts an attempt: the one before holds a Retired. */
    AFTER_RETIRED("L6"),
    /** It starts an attempt: it names another parent than the one before. */
    ANOTHER_PARENT("L6"),
    /** It starts an attempt: it happened more than the distance after the latest end. */
    AFTER_END("L6"),
    /** It starts an attempt: runs follow each other quickly. */
    QUICK_RUNS("L6"),
    /** It starts an attempt: it is the end of a run whose beginning another clock dated later. */
    END_OF_NEXT_RUN("L6"),
    /** It joins the attempt that ended, within the distance of the latest end. */
    OUT_OF_STEP("L6");

    private final String rule;

    PlacedBy(String rule) {
        this.rule = rule;
    }

    /** Returns the number of the rule in RULES.md. */
    public String rule() {
        return rule;
    }
}
