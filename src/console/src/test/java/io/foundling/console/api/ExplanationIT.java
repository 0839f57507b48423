package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.ClockReport;
import io.foundling.console.access.Access;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.query.Clocks;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.Trail;
import io.foundling.console.model.table.Tables;
import io.foundling.topology.explain.Evidence;
import io.foundling.topology.explain.Explainer;
import io.foundling.topology.explain.ParentEvidence;
import io.foundling.topology.explain.ReportedClocks;
import io.foundling.topology.explain.TrailEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationIT {

    private static final String EXPLANATION = "/api/v1/subjects/" + key("1") + "/explanation";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldSayTheSameAsJsonAndAsText(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind)) {
            // When
            String text = rig.web().get(EXPLANATION, "Accept", "text/plain").body();
            JsonNode json =
                    new ObjectMapper().readTree(rig.web().get(EXPLANATION).body());

            // Then
            StringBuilder words = new StringBuilder(json.get("key").asText()).append('\n');
            json.get("sections").forEach(section -> {
                words.append('\n').append(section.get("title").asText()).append('\n');
                section.get("steps")
                        .forEach(step -> words.append("  ")
                                .append(
                                        step.get("at").isNull()
                                                ? "-"
                                                : step.get("at").asText())
                                .append("  ")
                                .append(step.get("sentence").asText())
                                .append(rules(step.get("rules")))
                                .append('\n'));
            });
            assertThat(text)
                    .isEqualTo(words.toString())
                    .contains("Deferred", "the next run", "audit clock of task 0_0");
        }
    }

    /** The evidence is put together by hand here. */
    @ParameterizedTest
    @EnumSource
    void shouldExplainFromAllThatIsKnown(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            // Given
            Queries queries = new Queries(rig.database());
            List<TrailEvent> events = new ArrayList<>();
            queries.page(new Trail(key("1")), Optional.empty(), 10)
                    .rows()
                    .forEach(row -> events.add(
                            new TrailEvent(row.record(), NOON.plusSeconds(events.size()), 0, events.size())));
            Map<String, ClockReport> clocks = new HashMap<>();
            queries.page(new Clocks(), Optional.empty(), 10).rows().forEach(row -> clocks.put(row.key(), row.record()));
            Evidence evidence = new Evidence(
                    key("1"),
                    io.foundling.topology.explain.Trail.complete(events),
                    queries.disposition(key("1")),
                    queries.warning(key("1")),
                    new ReportedClocks(
                            Optional.of(clocks.get("0_0/")),
                            Optional.of(clocks.get("0_0/university")),
                            Optional.empty()),
                    new ParentEvidence(
                            List.of(queries.disposition(ApiRows.BATCH).orElseThrow()),
                            List.of(queries.found(Tables.SETTLEMENT, ApiRows.BATCH + "/1")
                                    .orElseThrow()
                                    .record())));

            // When
            String text = rig.web().get(EXPLANATION, "Accept", "text/plain").body();

            // Then
            assertThat(events).hasSize(2);
            assertThat(text)
                    .isEqualTo(new Explainer(ApiRig.LEDGER).explain(evidence).text());
        }
    }

    private static String rules(JsonNode rules) {
        List<String> names = new ArrayList<>();
        rules.forEach(rule -> names.add(rule.asText()));
        return names.isEmpty() ? "" : " [" + String.join(", ", names) + "]";
    }

    private ApiRig rig(TestDatabase kind) {
        ApiRig rig = new ApiRig(kind, directory, Access.local());
        ApiRows.write(rig);
        return rig;
    }
}
