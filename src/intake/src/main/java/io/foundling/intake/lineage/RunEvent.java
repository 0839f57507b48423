package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An event of OpenLineage about a run.
 *
 * @param time when it happened, in whole milliseconds
 */
record RunEvent(
        RunState state, Instant time, RunName run, Optional<RunName> parent, JobType jobType, RunFacets facets) {

    /** What is read of an event. */
    static final EventShape SHAPE = EventShape.of(
            "eventType",
            "eventTime",
            "producer",
            "dataset",
            "run/runId",
            "run/facets/parent/run/runId",
            "run/facets/parent/job/namespace",
            "run/facets/parent/job/name",
            "run/facets/parentRun/run/runId",
            "run/facets/parentRun/job/namespace",
            "run/facets/parentRun/job/name",
            "run/facets/nominalTime/nominalStartTime",
            "run/facets/nominalTime/nominalEndTime",
            "run/facets/errorMessage/message",
            "run/facets/spark.exception/message",
            "run/facets/errorMessage/stackTrace",
            "run/facets/checkpoints/completed",
            "run/facets/airflow/dagRun/run_id",
            "run/facets/airflow/dagRun/run_type",
            "run/facets/airflow/task/retries",
            "run/facets/airflow/taskInstance/duration",
            "run/facets/airflow/taskInstance/log_url",
            "run/facets/airflow/taskInstance/map_index",
            "run/facets/airflow/taskInstance/try_number",
            "run/facets/airflowDagRun/dagRun/run_id",
            "run/facets/airflowDagRun/dagRun/run_type",
            "job/namespace",
            "job/name",
            "job/facets/jobType/integration",
            "job/facets/jobType/jobType",
            "job/facets/jobType/processingType",
            "outputs/[]/outputFacets/outputStatistics/rowCount",
            "outputs/[]/outputFacets/outputStatistics/size",
            "outputs/[]/outputFacets/outputStatistics/fileCount");

    private static final Pattern WITHOUT_OFFSET = Pattern.compile("[^T]+T[0-9:.]+");
    private static final int DATE_LENGTH = "2026-01-05".length();
    private static final int LAST_YEAR = 9_999;

    /**
     * Returns what is about a run; none for an event about a job or a dataset.
     *
     * @throws InvalidLineageException if it is no event of OpenLineage
     */
    static Optional<RunEvent> of(JsonNode json) {
        if (!(json instanceof ObjectNode)) {
            throw new InvalidLineageException("The event is not an object of JSON");
        }
        EventFields event = EventFields.of(json);
        JobType jobType = JobType.of(event.lenient("job").lenient("facets").lenient("jobType"));
        Instant time = time(event, jobType);
        event.text("producer", "a URI");
        if (!event.has("run") && !event.has("eventType") && (event.has("job") || event.has("dataset"))) {
            return Optional.empty();
        }
        RunName run = RunName.of(event);
        RunState said = said(event);
        RunState state = event.has("eventType") ? jobType.state(said, hasOutputs(event)) : said;
        return Optional.of(new RunEvent(state, time, run, parent(event, run), jobType, RunFacets.of(event, jobType)));
    }

    private static boolean hasOutputs(EventFields event) {
        return !event.object().path("outputs").isEmpty();
    }

    private static RunState said(EventFields event) {
        if (!event.has("eventType")) {
            return RunState.OTHER;
        }
        String expected = "one of START, RUNNING, COMPLETE, FAIL, ABORT, OTHER";
        String type = event.text("eventType", expected);
        for (RunState state : RunState.values()) {
            if (state.name().equals(type)) {
                return state;
            }
        }
        throw event.wrong("eventType", expected);
    }

    /** Python's text of a time has a blank between date and time. */
    private static Instant time(EventFields event, JobType jobType) {
        String expected = "a time with an offset, such as 2026-01-05T12:00:00Z";
        String text = event.text("eventTime", expected);
        boolean hasBlank = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
        String iso = hasBlank ? text.replaceFirst(" ", "T") : text;
        try {
            OffsetDateTime time = jobType.hasTimesWithoutOffset()
                            && WITHOUT_OFFSET.matcher(iso).matches()
                    ? LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(iso);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return Instant.ofEpochMilli(time.toInstant().toEpochMilli());
            }
        } catch (DateTimeException noTime) {
            throw event.wrong("eventTime", expected);
        }
        throw event.wrong("eventTime", expected);
    }

    /** The facet was called {@code parentRun} at first. A run that names itself has no parent. */
    private static Optional<RunName> parent(EventFields event, RunName run) {
        EventFields facets = new EventFields(event.object().path("run").path("facets"), "run.facets.");
        for (String name : new String[] {"parent", "parentRun"}) {
            if (facets.has(name)) {
                return Optional.of(RunName.of(facets.needed(name))).filter(parent -> !parent.equals(run));
            }
        }
        return Optional.empty();
    }
}
