package io.foundling.topology.ledger;

/** Names of the topology's nodes and stores. A store's name is a contract: under another name it starts empty. */
public final class Nodes {

    public static final String EVENTS = "events";
    public static final String LEDGER = "ledger";
    public static final String LEDGER_STORE = "ledger-store";
    public static final String DISPOSITIONS = "dispositions";
    public static final String ORPHANS = "orphans";
    public static final String VIOLATIONS = "violations";
    public static final String DEAD_LETTERS = "dead-letters";

    private Nodes() {}
}
