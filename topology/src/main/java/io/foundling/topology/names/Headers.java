package io.foundling.topology.names;

/** Names of the headers that the ledger writes. A name is a contract: a rename needs a migration note. */
public final class Headers {

    /** On every record: the application.id of the ledger that wrote it. */
    public static final String APPLICATION = "foundling.application";

    /** On audit.orphans: the attempt of the warning, as decimal text. */
    public static final String ATTEMPT = "foundling.attempt";

    /** On audit.orphans: the status of the warning. */
    public static final String STATUS = "foundling.status";

    /** On audit.orphans: ORPHANED, UPDATED, REMINDER, RECOVERY or WITHDRAWAL. */
    public static final String CHANGE = "foundling.change";

    /** On audit.orphans, on a RECOVERY by a restart only: RESTARTED. */
    public static final String RECOVERY = "foundling.recovery";

    /**
     * On audit.closures, on a record without a value: the partition that holds members of this parent, as decimal text.
     */
    public static final String NAMED_BY = "foundling.named-by";

    /** On audit.closures, on a record without a value: the partition that holds no member of this parent any more. */
    public static final String RELEASED_BY = "foundling.released-by";

    /**
     * On audit.closures, on a record without a value: the partition that asks the partition of this parent up to when it
     * has sent its closures, as decimal text.
     */
    public static final String ASKED_BY = "foundling.asked-by";

    /** On audit.closures, on a record without a value: the partition that answers such a question, as decimal text. */
    public static final String SENT_BY = "foundling.sent-by";

    /** On such an answer: the audit clock of that partition, in milliseconds since 1970, as decimal text. */
    public static final String SENT_THROUGH = "foundling.sent-through";

    /**
     * On audit.expectations, on an Expected: since when its cause could be known (rule E3), in milliseconds since 1970, as
     * decimal text.
     */
    public static final String KNOWN_SINCE = "foundling.known-since";

    /** On audit.expectations, on a record without a value: the eventId of the Expected that is revoked, as text. */
    public static final String REVOKES = "foundling.revokes";

    /**
     * On audit.closures, on a record without a value: the partition that reports which sources it has heard (rule T26), as
     * decimal text.
     */
    public static final String HEARD_BY = "foundling.heard-by";

    /**
     * On such a report, for each source and hour: when the source was last heard in milliseconds since 1970, the greatest
     * lateness of its events in milliseconds, the number of the hour since 1970, the events in it, a bit for each minute
     * with an event as hexadecimal number, and the source.
     */
    public static final String HEARD = "foundling.heard";

    /** On the last record of such a report: the audit clock of that partition. */
    public static final String HEARD_THROUGH = "foundling.heard-through";

    /** On the last record of such a report: the audit clock since which that clock has had no gap. */
    public static final String HEARD_SINCE = "foundling.heard-since";

    /** On audit.dead-letters: a {@code DeadLetterReason}, or that of a bridge. */
    public static final String REASON = "foundling.reason";

    /** On audit.dead-letters, of a record that a bridge read: the name of the bridge. */
    public static final String BRIDGE = "foundling.bridge";

    /** On such a record, if a rule of the mapping was reached: the rule, such as {@code facts.rules[2]}. */
    public static final String RULE = "foundling.rule";

    /** On audit.dead-letters: how many bytes the value had, if it was too large to be kept whole. */
    public static final String TRUNCATED = "foundling.truncated";

    /** On audit.dead-letters, as Kafka Streams names them: what was found and what was expected. */
    public static final String MESSAGE = "__streams.errors.message";

    public static final String TOPIC = "__streams.errors.topic";
    public static final String PARTITION = "__streams.errors.partition";
    public static final String OFFSET = "__streams.errors.offset";

    private Headers() {}
}
