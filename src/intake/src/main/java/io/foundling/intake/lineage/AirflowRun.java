package io.foundling.intake.lineage;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What Airflow says of a run beyond the specification, in the facets {@code airflow} and {@code airflowDagRun}.
 *
 * @param attempt number of the try; none for a run of a DAG
 * @param willRetry whether Airflow promises another try once this one fails
 * @param isBackfill whether the run makes up for a time of the past
 * @param duration in milliseconds
 */
record AirflowRun(
        OptionalInt attempt,
        boolean willRetry,
        boolean isBackfill,
        OptionalLong duration,
        Map<String, String> metadata) {

    /** Numbers further ahead are not placed (rule L7). */
    private static final int MAX_ATTEMPT = 100;

    private static final double MILLIS = 1_000;

    /** Python writes one of these lines between two exceptions. The last exception ended the try. */
    private static final Set<String> CHAINED = Set.of(
            "During handling of the above exception, another exception occurred:",
            "The above exception was the direct cause of the following exception:");

    private static final String TRACEBACK = "Traceback (most recent call last):";

    /** Exceptions after which Airflow does not try again, although retries are left. */
    private static final Pattern FINAL =
            Pattern.compile("(?:\\w++\\.)*+(?:AirflowFailException|AirflowSensorTimeout)(?::|\\s*+$)");

    static AirflowRun of(EventFields facets) {
        EventFields airflow = facets.lenient("airflow");
        EventFields task = airflow.lenient("taskInstance");
        OptionalLong tryNumber = task.lenientCount("try_number");
        long retries = airflow.lenient("task").lenientCount("retries").orElse(0);
        EventFields dagRun = facets.lenient("airflowDagRun").lenient("dagRun");
        Map<String, String> metadata = new TreeMap<>();
        first(airflow, dagRun, "run_id").ifPresent(id -> metadata.put("airflowRunId", id));
        task.lenientText("log_url").ifPresent(url -> metadata.put("airflowLogUrl", url));
        tryNumber.ifPresent(number -> metadata.put("airflowTry", Long.toString(number)));
        task.lenientCount("map_index").ifPresent(index -> metadata.put("airflowMapIndex", Long.toString(index)));
        return new AirflowRun(
                attempt(tryNumber),
                tryNumber.isPresent() && tryNumber.getAsLong() <= retries && !isFinal(facets),
                first(airflow, dagRun, "run_type").equals(Optional.of("backfill")),
                millis(task),
                Map.copyOf(metadata));
    }

    private static Optional<String> first(EventFields airflow, EventFields dagRun, String name) {
        return airflow.lenient("dagRun").lenientText(name).or(() -> dagRun.lenientText(name));
    }

    private static boolean isFinal(EventFields facets) {
        String trace = facets.lenient("errorMessage").lenientText("stackTrace").orElse("");
        return FINAL.matcher(raised(trace)).lookingAt();
    }

    /**
     * Returns the first line of the exception that ended the try, or nothing. The calls before it are indented. What
     * comes after it is its message, which may quote another exception, with its trace. A message that quotes a chain of
     * exceptions cannot be distinguished from a chain.
     */
    private static String raised(String trace) {
        String raised = "";
        for (String line : (Iterable<String>) trace.lines()::iterator) {
            if (CHAINED.contains(line)) {
                raised = "";
            } else if (raised.isEmpty() && isException(line)) {
                raised = line;
            }
        }
        return raised;
    }

    private static boolean isException(String line) {
        return !line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && !line.equals(TRACEBACK);
    }

    private static OptionalInt attempt(OptionalLong tryNumber) {
        return tryNumber.isPresent() && tryNumber.getAsLong() >= 1 && tryNumber.getAsLong() <= MAX_ATTEMPT
                ? OptionalInt.of((int) tryNumber.getAsLong())
                : OptionalInt.empty();
    }

    /** The facet has seconds, with a fraction; none until the task has ended. */
    private static OptionalLong millis(EventFields task) {
        double seconds = task.object().path("duration").asDouble(-1);
        return seconds >= 0 && seconds < Integer.MAX_VALUE
                ? OptionalLong.of(Math.round(seconds * MILLIS))
                : OptionalLong.empty();
    }
}
