package io.foundling.intake.lineage;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The kind of job that an event is about, by its facet jobType, and how the integration that sent it reports such jobs.
 * Some integrations leave out ends, or send two of them; {@code src/service/docs/lineage.md} says which.
 *
 * @param integration such as SPARK
 * @param type of the job there, such as SQL_JOB
 * @param processing such as BATCH
 */
record JobType(Optional<String> integration, Optional<String> type, Optional<String> processing) {

    private static final Set<String> CONTINUOUS = Set.of("STREAMING", "SERVICE");
    private static final String RDD_JOB = "RDD_JOB";
    private static final Duration BEHIND_FAILURES = Duration.ofSeconds(1);

    /** @param facet jobType */
    static JobType of(EventFields facet) {
        return new JobType(
                facet.lenientText("integration"), facet.lenientText("jobType"), facet.lenientText("processingType"));
    }

    /**
     * Returns what a state of such a job means. dbt-ol ends a run with OTHER for each status that it does not name, such as
     * that of a test that only warns. If dbt takes it for an error, the run of its command fails. Spark begins each job of
     * RDDs, but ends only those that write something or fail, so nothing may be awaited of the others.
     *
     * @param said state of the event
     */
    RunState state(RunState said, boolean hasOutputs) {
        return switch (said) {
            case START, RUNNING -> isOfSpark(RDD_JOB) && !hasOutputs ? RunState.OTHER : said;
            case OTHER -> isDbt() ? RunState.COMPLETE : said;
            case COMPLETE, FAIL, ABORT -> said;
        };
    }

    /**
     * Whether all ends of a run are the same fact. If a job of an execution fails, Spark reports FAIL, and then COMPLETE
     * for the same run. It never uses the id of such a run again. That of an application may be a setting, which comes
     * back with the next start of the application.
     */
    boolean hasOneEnd() {
        return isOfSpark("SQL_JOB") || isOfSpark(RDD_JOB);
    }

    /**
     * Returns how much later than its event an end is dated. Where a run has one end, the earliest counts (rule L4), and a
     * failure must be the earliest. Spark makes the two events in different threads, so a COMPLETE may be stamped some
     * milliseconds before the FAIL.
     */
    Duration delay(RunState state) {
        return hasOneEnd() && state == RunState.COMPLETE ? BEHIND_FAILURES : Duration.ZERO;
    }

    /** Whether a time without an offset is one of UTC. The ABORT of dbt-ol has no offset. */
    boolean hasTimesWithoutOffset() {
        return isDbt();
    }

    private boolean isDbt() {
        return integration.equals(Optional.of("DBT"));
    }

    private boolean isSpark() {
        return integration.equals(Optional.of("SPARK"));
    }

    private boolean isFlink() {
        return integration.equals(Optional.of("FLINK"));
    }

    private boolean isOfSpark(String name) {
        return isSpark() && type.equals(Optional.of(name));
    }

    /**
     * Whether the job goes on for ever, and reports from time to time that it is alive. Spark ends each batch of a
     * stream instead. Flink reports its checkpoints: a stream that begins again and again does nothing.
     */
    boolean isContinuous() {
        return !isSpark()
                && !isFlink()
                && processing.filter(CONTINUOUS::contains).isPresent();
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        integration.ifPresent(text -> metadata.put("integration", text));
        type.ifPresent(text -> metadata.put("jobType", text));
        processing.ifPresent(text -> metadata.put("processingType", text));
        return metadata;
    }
}
