package io.foundling.topology.names;

/**
 * Names of the topics that topics.yaml declares, with the default {@link TopicPrefix}. A name is a contract: a rename
 * needs a migration note.
 */
public final class TopicNames {

    /** The first source topic; a deployment may name others instead or as well. */
    public static final String EVENTS = "audit.events";

    public static final String DISPOSITIONS = "audit.dispositions";
    public static final String ORPHANS = "audit.orphans";
    public static final String CLOSURES = "audit.closures";
    public static final String EXPECTATIONS = "audit.expectations";
    public static final String SETTLEMENTS = "audit.settlements";
    public static final String ALERTS = "audit.alerts";
    public static final String DELIVERIES = "audit.deliveries";
    public static final String CLOCKS = "audit.clocks";
    public static final String RECONCILIATIONS = "audit.reconciliations";
    public static final String VIOLATIONS = "audit.violations";
    public static final String DEAD_LETTERS = "audit.dead-letters";

    private TopicNames() {}
}
