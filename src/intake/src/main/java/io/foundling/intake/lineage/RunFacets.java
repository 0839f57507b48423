package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.topology.lifecycle.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an event says of its run beyond its state.
 *
 * @param nominalTime for which time it was scheduled, as it was sent
 * @param isContinuous whether its job goes on for ever, and says from time to time that it is alive
 * @param counts of what it wrote
 * @param metadata with values as long as the ledger keeps them (rule L16)
 */
record RunFacets(
        Optional<String> nominalTime,
        boolean isContinuous,
        RunError error,
        AirflowRun airflow,
        Map<String, Long> counts,
        Map<String, String> metadata) {

    private static final int MAX_BYTES = 1_024;
    private static final Set<String> CONTINUOUS = Set.of("STREAMING", "SERVICE");

    /** Of the facet outputStatistics, and what their sums are called. */
    private static final Map<String, String> COUNTS =
            Map.of("rowCount", "rowsWritten", "size", "bytesWritten", "fileCount", "filesWritten");

    static RunFacets of(EventFields event) {
        EventFields facets = event.lenient("run").lenient("facets");
        EventFields nominal = facets.lenient("nominalTime");
        EventFields jobType = event.lenient("job").lenient("facets").lenient("jobType");
        AirflowRun airflow = AirflowRun.of(facets);
        Map<String, String> metadata = new TreeMap<>(airflow.metadata());
        event.lenientText("producer").ifPresent(text -> metadata.put("producer", text));
        for (String name : List.of("nominalStartTime", "nominalEndTime")) {
            nominal.lenientText(name).ifPresent(text -> metadata.put(name, text));
        }
        for (String name : List.of("integration", "jobType", "processingType")) {
            jobType.lenientText(name).ifPresent(text -> metadata.put(name, text));
        }
        metadata.replaceAll((name, text) -> Texts.truncate(text, MAX_BYTES));
        return new RunFacets(
                Optional.ofNullable(metadata.get("nominalStartTime")),
                jobType.lenientText("processingType")
                                .filter(CONTINUOUS::contains)
                                .isPresent()
                        || facets.has("checkpoints"),
                RunError.of(facets.lenient("errorMessage")),
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
