package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.topology.lifecycle.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What an event says of its run beyond its state.
 *
 * @param nominalTime for which time it was scheduled, as it was sent
 * @param completesJob whether the event completes the job although it does not end the run: the job goes on for ever, or
 *     reports its checkpoints, of which one is complete
 * @param checkpoints that are complete, if the event has their number, as those of Flink have
 * @param counts of what it wrote
 * @param metadata with values as long as the ledger keeps them (rule L16)
 */
record RunFacets(
        Optional<String> nominalTime,
        boolean completesJob,
        OptionalLong checkpoints,
        RunError error,
        AirflowRun airflow,
        Map<String, Long> counts,
        Map<String, String> metadata) {

    private static final int MAX_BYTES = 1_024;

    /** Of the facet outputStatistics, and what their sums are called. */
    private static final Map<String, String> COUNTS =
            Map.of("rowCount", "rowsWritten", "size", "bytesWritten", "fileCount", "filesWritten");

    static RunFacets of(EventFields event, JobType jobType) {
        EventFields facets = event.lenient("run").lenient("facets");
        EventFields nominal = facets.lenient("nominalTime");
        AirflowRun airflow = AirflowRun.of(facets);
        OptionalLong checkpoints = facets.lenient("checkpoints").lenientCount("completed");
        Map<String, String> metadata = new TreeMap<>(airflow.metadata());
        event.lenientText("producer").ifPresent(text -> metadata.put("producer", text));
        for (String name : List.of("nominalStartTime", "nominalEndTime")) {
            nominal.lenientText(name).ifPresent(text -> metadata.put(name, text));
        }
        metadata.putAll(jobType.metadata());
        metadata.replaceAll((name, text) -> Texts.truncate(text, MAX_BYTES));
        return new RunFacets(
                Optional.ofNullable(metadata.get("nominalStartTime")),
                checkpoints.isPresent() ? checkpoints.getAsLong() > 0 : jobType.isContinuous(),
                checkpoints,
                RunError.of(facets),
                airflow,
                counts(event),
                Map.copyOf(metadata));
    }

    private static Map<String, Long> counts(EventFields event) {
        Map<String, Long> sums = new TreeMap<>();
        for (JsonNode output : event.lenientList("outputs")) {
            EventFields statistics =
                    EventFields.of(output).lenient("outputFacets").lenient("outputStatistics");
            COUNTS.forEach((name, sum) ->
                    statistics.lenientCount(name).ifPresent(count -> sums.merge(sum, count, RunFacets::saturated)));
        }
        return Map.copyOf(sums);
    }

    private static long saturated(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
