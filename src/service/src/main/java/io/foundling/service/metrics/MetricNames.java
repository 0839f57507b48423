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
            "warnings withdrawn because a fact read later proved them wrong; if it grows, allowedLag or lateAfter do not"
                    + " fit the producers");
    public static final Metric CLOSURES = counter(
            "foundling_closures_total",
            "closures and their corrections, sent once and read once in every partition",
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
    public static final Metric HELD_SUBJECTS = gauge(
            "foundling_held_subjects",
            "subjects whose limit the audit clock has passed and that wait for the delay of their source; those looked at"
                    + " since the task started, at most 100,000 of a task",
            TASK,
            SOURCE);
    public static final Metric CLOCK_SKEW = gauge(
            "foundling_clock_skew_seconds",
            "how far the wall clock of this machine is at least ahead of the clocks of the brokers, negative if it is behind;"
                    + " 0 if they may agree, NaN if nothing is known");
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
            CLOCK_LAG,
            SOURCE_DELAY,
            HELD_SUBJECTS,
            CLOCK_SKEW,
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
