package io.foundling.topology.names;

/** Names of the topology's nodes and stores. A store's name is a contract: under another name it starts empty. */
public final class Nodes {

    /** Reads the source topics, and audit.expectations. */
    public static final String EVENTS = "events";

    public static final String LEDGER = "ledger";
    public static final String LEDGER_STORE = "ledger-store";
    public static final String DISPOSITIONS = "dispositions";
    public static final String ORPHANS = "orphans";
    public static final String VIOLATIONS = "violations";
    public static final String DEAD_LETTERS = "dead-letters";
    public static final String CLOCKS = "clocks";

    /** Reads audit.closures. */
    public static final String CLOSURES_READ = "closures-read";

    /** Where events and closures come together. */
    public static final String READ = "read";

    /** Sends a closure to every partition. */
    public static final String CLOSURES = "closures";

    /** Sends a note about a parent to the parent's own partition, through audit.closures. */
    public static final String PARENT_NOTES = "parent-notes";

    /** Sends what is expected to the partition of the expected subject, through audit.expectations. */
    public static final String EXPECTATIONS = "expectations";

    /** The repartition topic between the two sub-topologies, and the first part of its nodes' names. */
    public static final String ACCOUNTS = "accounts";

    /** The ledger's child through which accounts go. */
    public static final String ACCOUNTS_SENT = "accounts-repartition-filter";

    public static final String ALERTS = "alerts";
    public static final String ALERTS_STORE = "alerts-store";
    public static final String ALERTS_SENT = "alerts-sent";
    public static final String SETTLEMENTS = "settlements";
    public static final String RECONCILIATIONS = "reconciliations";

    private Nodes() {}
}
