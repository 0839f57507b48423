package io.foundling.service.metrics;

import io.foundling.service.metrics.Metric.Kind;
import java.util.List;

/** The metrics that Foundling adds to those of Kafka Streams and the JVM. No label ever holds the id of a record. */
public final class MetricNames {

    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String RESULT = "result";
    static final String REASON = "reason";
    static final String TYPE = "type";
    static final String CHANGE = "change";
    static final String STATUS = "status";
    static final String TASK = "task";
    static final String SOURCE = "source";
    static final String STAGE = "stage";
    static final String BODY = "body";
    static final String USE = "use";
    static final String KIND = "kind";
    static final String BUCKET = "bucket";
    static final String VERSION = "version";
    static final String KAFKA_VERSION = "kafka";
    static final String RECEIVER = "receiver";
    static final String ENDPOINT = "endpoint";
    static final String TABLE = "table";
    static final String OPERATION = "operation";
    static final String ACT = "act";
    static final String BRIDGE = "bridge";
    static final String OUTCOME = "outcome";

    public static final Metric EVENTS =
            counter("foundling_events_total", "records read from source topics, by their result", TOPIC, RESULT);
    public static final Metric DEAD_LETTERS =
            counter("foundling_dead_letters_total", "records that could not be read or processed", REASON);
    public static final Metric VIOLATIONS =
            counter("foundling_violations_total", "events that contradict the contract or the ledger", TYPE);
    public static final Metric OUT_OF_STEP = counter(
            "foundling_out_of_step_total",
            "facts without an attempt number just after an outcome, taken for a part of the work that ended; if it grows, a"
                    + " clock of the source is wrong, or its runs follow each other so closely that they need numbers",
            SOURCE);
    public static final Metric WARNINGS = counter("foundling_warnings_total", "orphan warnings emitted");
    public static final Metric RECOVERIES =
            counter("foundling_recoveries_total", "orphans with a warning that recovered");
    public static final Metric WITHDRAWALS = counter(
            "foundling_withdrawals_total",
            "warnings, other than UNKNOWN ones, withdrawn because a fact read later proved them wrong; if it grows,"
                    + " allowedLag or lateAfter do not fit the producers");
    public static final Metric CLOSURES = counter(
            "foundling_closures_total",
            "closures and their corrections, sent once and read once in every partition",
            CHANGE);
    public static final Metric EXPECTATIONS = counter(
            "foundling_expectations_total",
            "Expected events that the ledger sent because a policy expects them, that it revoked, and that it left out"
                    + " because no policy in force expects them",
            CHANGE);
    public static final Metric MEMBERS_SETTLED = counter(
            "foundling_members_settled_total",
            "members of closed parents whose warnings were reviewed because the closing may concern them");
    public static final Metric SETTLEMENTS =
            counter("foundling_settlements_total", "settlements published, for the first time or corrected", CHANGE);
    public static final Metric ALERTS = counter("foundling_alerts_total", "alerts published", TYPE, STATUS);
    public static final Metric EXPIRIES = counter("foundling_expiries_total", "due deadlines that sweeps took");
    public static final Metric SWEEP = timer(
            "foundling_sweep_seconds", "duration of sweeps that found due deadlines or members of closed parents");
    public static final Metric EXPIRY_FAILURES =
            counter("foundling_expiry_failures_total", "due deadlines whose handling failed and that were put back");
    public static final Metric GAP_OFFSETS =
            counter("foundling_gap_offsets_total", "offsets deleted before they were read", TOPIC, PARTITION);
    public static final Metric STATE_REPAIRS =
            counter("foundling_state_repairs_total", "tasks whose damaged state was restored from the changelog");
    public static final Metric NAMES_COUNTED_TOGETHER = counter(
            "foundling_names_counted_together_total",
            "tasks that met more than maxStages names of sources and stages, and count further ones together, without a name;"
                    + " each life of a task counts once for each use of the names",
            USE);
    public static final Metric SET_ASIDE = gauge(
            "foundling_set_aside",
            "entries of the state that could not be decoded, not even after a restore, and were set aside; their bytes are"
                    + " kept for 30 days",
            KIND);
    public static final Metric SUBJECTS = gauge(
            "foundling_subjects",
            "subjects by what became of them: awaiting, outcomes, retired or removed; an empty source and stage stand for all"
                    + " beyond maxStages pairs of a task, and for all that were forgotten and whose pair has no other subject",
            TASK,
            SOURCE,
            STAGE,
            BUCKET);
    public static final Metric KNOWN = gauge(
            "foundling_known_subjects",
            "subjects that have or had a status; for each source and stage the sum of foundling_subjects",
            TASK,
            SOURCE,
            STAGE);
    public static final Metric ORPHANS = gauge(
            "foundling_orphans",
            "subjects with an active warning, counted from stored state, in the tasks of this instance",
            SOURCE,
            STAGE);
    public static final Metric ALERTS_FIRING = gauge(
            "foundling_alerts_firing",
            "alerts that fire, counted from stored state, in the tasks of this instance",
            TYPE);
    public static final Metric WITHOUT_ID = gauge(
            "foundling_events_without_id",
            "events ever read whose subject has no id, counted from stored state, in the tasks of this instance; they have no"
                    + " disposition, so nothing warns of them",
            SOURCE,
            STAGE,
            BODY);
    public static final Metric UNWATCHED = gauge(
            "foundling_unwatched_subjects",
            "subjects that await without a deadline and without a parent: no warning of them will ever be emitted; a"
                    + " policy that matches them gives them one",
            TASK,
            SOURCE,
            STAGE);
    public static final Metric RETIMED =
            counter("foundling_retimed_subjects_total", "subjects whose deadlines follow changed policies");
    public static final Metric POLICIES_RELOADS = counter(
            "foundling_policies_reloads_total",
            "changes of the configuration file while the service ran: applied, other policies are in force; refused, the file"
                    + " cannot be used and the former policies stay",
            RESULT);
    public static final Metric POLICIES_RELOAD_SUCCESSFUL = gauge(
            "foundling_policies_reload_successful",
            "1; 0 while the configuration file cannot be used, so that the policies in force are not those of the file");
    public static final Metric POLICIES_LOADED = gauge(
            "foundling_policies_loaded_timestamp_seconds",
            "when the policies in force were read, at the start or from a changed file, in seconds since 1970");
    public static final Metric CLOCK_LAG = gauge(
            "foundling_audit_clock_lag_seconds",
            "how far the audit clock is behind the wall clock, allowedLag included; before its first proof: time since the"
                    + " start of the task; ready up to allowedLag + 30 s, CLOCK alert after allowedLag + alerts.clockStands",
            TASK);
    public static final Metric SOURCE_DELAY = gauge(
            "foundling_source_delay_seconds",
            "how late events of a source are appended at present: its subjects are judged later by as much; no series once they"
                    + " come in time again; an empty source is all sources beyond maxStages of a task",
            TASK,
            SOURCE);
    public static final Metric DROPPED_EVENTS = gauge(
            "foundling_dropped_events",
            "events that the reporters of a source say they dropped: the highest count of each life of a reporter that this"
                    + " instance has read since it started, added up; an empty source is all sources beyond maxStages of a"
                    + " task",
            SOURCE);
    public static final Metric HELD_SUBJECTS = gauge(
            "foundling_held_subjects",
            "subjects whose limit the audit clock has passed and that wait for the delay of their source; those looked at"
                    + " since the task started, at most 100,000 of a task",
            TASK,
            SOURCE);
    public static final Metric SILENT_SOURCES = gauge(
            "foundling_silent_sources",
            "tasks of this instance that know that a source is silent: warnings of its subjects are UNKNOWN, and no orphans;"
                    + " no series of a source that is not silent",
            SOURCE);
    public static final Metric CLOCK_SKEW = gauge(
            "foundling_clock_skew_seconds",
            "how far the wall clock of this machine is at least ahead of the clocks of the brokers, negative if it is behind;"
                    + " 0 if they may agree, NaN if nothing is known");
    public static final Metric NOTIFICATIONS = counter(
            "foundling_notifications_total",
            "alerts sent by notify: delivered; failed, an attempt that is repeated; or refused for good; an endpoint is one"
                    + " address of a receiver",
            RECEIVER,
            ENDPOINT,
            RESULT);
    public static final Metric NOTIFICATION_AGE = gauge(
            "foundling_notification_age_seconds",
            "how long the oldest alert has been due at an endpoint that was not delivered there; 0 if there is none, or if"
                    + " another process serves the receiver",
            RECEIVER,
            ENDPOINT);
    public static final Metric NOTIFY_UNREADABLE = counter(
            "foundling_notify_unreadable_total",
            "records of alerts, or of what the receiver has got, that notify could not read and passed over",
            RECEIVER);
    public static final Metric NOTIFY_ACTIVE =
            gauge("foundling_notify_active", "1 if this process serves the receiver, 0 if it waits for it", RECEIVER);
    public static final Metric CONSOLE_RECORDS = counter(
            "foundling_console_records_total",
            "records that console applied to its read model, and that it passed over because they could not be decoded",
            TOPIC,
            RESULT);
    public static final Metric CONSOLE_LAG_RECORDS = gauge(
            "foundling_console_lag_records",
            "records that the read model does not have yet, in the partitions that this process reads",
            TOPIC);
    public static final Metric CONSOLE_LAG = gauge(
            "foundling_console_lag_seconds",
            "how old the last record is that the read model has, in the partition that is farthest behind of those that this"
                    + " process reads; 0 if it has all",
            TOPIC);
    public static final Metric CONSOLE_ROWS =
            gauge("foundling_console_rows", "rows of the read model, whichever process wrote them", TABLE);
    public static final Metric CONSOLE_BYTES =
            gauge("foundling_console_database_bytes", "bytes of the read model's database that are in use");
    public static final Metric CONSOLE_REQUESTS = counter(
            "foundling_console_requests_total",
            "requests that console or intake answered, by operation and status of HTTP",
            OPERATION,
            STATUS);
    public static final Metric CONSOLE_DENIED = counter(
            "foundling_console_denied_calls_total",
            "calls that were denied because their credentials are missing or not accepted",
            REASON);
    public static final Metric CONSOLE_ACTS = counter(
            "foundling_console_acts_total",
            "what became of operators' acts, one for each subject: recorded, skipped because it awaited nothing any more, or"
                    + " failed",
            ACT,
            RESULT);
    public static final Metric BRIDGE_RECORDS = counter(
            "foundling_bridge_records_total",
            "records that bridge read, by their outcome: events were made of them; left out by the mapping; without a value; or"
                    + " a dead letter",
            BRIDGE,
            TOPIC,
            OUTCOME);
    public static final Metric BRIDGE_EVENTS =
            counter("foundling_bridge_events_total", "events that bridge wrote into a source topic", BRIDGE, TOPIC);
    public static final Metric BRIDGE_LAG = gauge(
            "foundling_bridge_lag_records",
            "records that bridge has not fetched yet, in the partitions that this process reads; what they report, the ledger"
                    + " does not know",
            BRIDGE,
            TOPIC);
    public static final Metric INTAKE_EVENTS = counter(
            "foundling_intake_events_total",
            "events that callers reported over HTTP: accepted, durable; refused, no event of the contract or of another source;"
                    + " unavailable, not known to be durable; or overloaded, not recorded because too many others waited",
            RESULT);
    public static final Metric INTAKE_IN_FLIGHT = gauge(
            "foundling_intake_in_flight_events",
            "events that wait to become durable; at most intake.maxInFlight, or intake.maxEvents if that is more");
    public static final Metric INTAKE_DELIVERED = counter(
            "foundling_intake_delivered_events_total",
            "events of the spool that the broker has acknowledged; with intake.durability SPOOL alone");
    public static final Metric INTAKE_LOST = counter(
            "foundling_intake_lost_events_total",
            "events that the recorder gave up and that may have been accepted; with intake.durability SPOOL alone, as otherwise"
                    + " callers know of each",
            REASON);
    public static final Metric INTAKE_SPOOL = gauge(
            "foundling_intake_spool_bytes",
            "bytes of accepted events in the spool that the broker has not acknowledged");
    public static final Metric INTAKE_BROKER = gauge(
            "foundling_intake_broker_answers",
            "1 if a broker answered when foundling intake asked last, every few seconds; 0 if none did, NaN before that; no"
                    + " series in the console");
    public static final Metric BUILD = gauge(
            "foundling_build_info",
            "always 1; the labels are the versions of Foundling and Kafka",
            VERSION,
            KAFKA_VERSION);

    private static final List<Metric> ALL = List.of(
            EVENTS,
            DEAD_LETTERS,
            VIOLATIONS,
            OUT_OF_STEP,
            WARNINGS,
            RECOVERIES,
            WITHDRAWALS,
            CLOSURES,
            EXPECTATIONS,
            MEMBERS_SETTLED,
            SETTLEMENTS,
            ALERTS,
            EXPIRIES,
            SWEEP,
            EXPIRY_FAILURES,
            GAP_OFFSETS,
            STATE_REPAIRS,
            NAMES_COUNTED_TOGETHER,
            SET_ASIDE,
            SUBJECTS,
            KNOWN,
            ORPHANS,
            ALERTS_FIRING,
            WITHOUT_ID,
            UNWATCHED,
            RETIMED,
            POLICIES_RELOADS,
            POLICIES_RELOAD_SUCCESSFUL,
            POLICIES_LOADED,
            CLOCK_LAG,
            SOURCE_DELAY,
            DROPPED_EVENTS,
            HELD_SUBJECTS,
            SILENT_SOURCES,
            CLOCK_SKEW,
            NOTIFICATIONS,
            NOTIFICATION_AGE,
            NOTIFY_UNREADABLE,
            NOTIFY_ACTIVE,
            CONSOLE_RECORDS,
            CONSOLE_LAG_RECORDS,
            CONSOLE_LAG,
            CONSOLE_ROWS,
            CONSOLE_BYTES,
            CONSOLE_REQUESTS,
            CONSOLE_DENIED,
            CONSOLE_ACTS,
            BRIDGE_RECORDS,
            BRIDGE_EVENTS,
            BRIDGE_LAG,
            INTAKE_EVENTS,
            INTAKE_IN_FLIGHT,
            INTAKE_DELIVERED,
            INTAKE_LOST,
            INTAKE_SPOOL,
            INTAKE_BROKER,
            BUILD);

    private MetricNames() {}

    /** Returns all of them in the order of the reference. */
    public static List<Metric> all() {
        return ALL;
    }

    private static Metric counter(String name, String description, String... labels) {
        return new Metric(name, Kind.COUNTER, List.of(labels), description);
    }

    private static Metric gauge(String name, String description, String... labels) {
        return new Metric(name, Kind.GAUGE, List.of(labels), description);
    }

    private static Metric timer(String name, String description, String... labels) {
        return new Metric(name, Kind.TIMER, List.of(labels), description);
    }
}
