package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a run failed, as Spark says it: in a facet of its own, with a trace in the message. */
class RunErrorTest {

    private static final String TRACE = """
            Job aborted
            \tat org.example.Job.run(Job.java:1)
            Caused by: java.io.IOException: no file
            \tat org.example.File.read(File.java:1)
            Caused by: java.lang.IllegalStateException: no rate
            \tat org.example.Rate.of(Rate.java:1)
            \t... 3 more
            """;

    private final ObjectNode facets = new ObjectMapper().createObjectNode();

    private void facet(String name, String message) {
        facets.putObject(name).put("message", message);
    }

    private RunError error() {
        return RunError.of(EventFields.of(facets));
    }

    @Test
    void shouldSayThatThereIsNoMessage() {
        assertThat(error()).isEqualTo(new RunError("FAIL", "The run failed; its event has no errorMessage"));
    }

    @Test
    void shouldKeepTheLastCauseAndTheFirstLineOfATrace() {
        facet("spark.exception", TRACE);

        assertThat(error()).isEqualTo(new RunError("java.lang.IllegalStateException", "no rate (Job aborted)"));
    }

    @Test
    void shouldKeepTheFirstLineOfATraceWithoutCauses() {
        facet("spark.exception", TRACE.substring(0, TRACE.indexOf("Caused")));

        assertThat(error()).isEqualTo(new RunError("FAIL", "Job aborted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"errorMessage", "spark.exception"})
    void shouldKeepAllLinesBeforeATrace(String name) {
        facet(name, """
                An error occurred while calling o33.load.
                : java.io.FileNotFoundException: s3a://b/orders
                \tat org.example.File.read(File.java:1)
                """);

        assertThat(error())
                .isEqualTo(new RunError(
                        "FAIL",
                        "An error occurred while calling o33.load.\n: java.io.FileNotFoundException: s3a://b/orders"));
    }

    @Test
    void shouldPreferTheFacetOfTheSpecification() {
        facet("spark.exception", TRACE);
        facet("errorMessage", "ValueError: no file\nof today");

        assertThat(error()).isEqualTo(new RunError("ValueError", "no file\nof today"));
    }
}
