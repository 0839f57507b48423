package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.local.LocalStack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the examples as their users do, and reads what they wrote. */
@ExtendWith(SharedStack.class)
class ExamplesIT {

    private static final String IN_RUN = " of batch/university/payment-run/2026-09-01";
    private static final List<String> PAID = List.of("Deferred" + IN_RUN, "Pending" + IN_RUN, "Completed" + IN_RUN);
    private static final List<String> NOT_PAID = List.of(
            "Deferred" + IN_RUN,
            "Pending" + IN_RUN,
            "Failed AccountClosed, the bank knows no such account, false" + IN_RUN);

    /** In Java and in Python. */
    private static final Map<String, List<String>> DECLARATIONS = Map.of(
            "record/university/declaration/4711", PAID,
            "record/university/declaration/4712", NOT_PAID,
            "record/university/declaration/2026%2F17", PAID,
            "record/university/declaration/Zo%C3%AB%204715", PAID);

    private static final String BATCH = "batch/university/grade-transfer/2026-09-01";
    private static final String IN_BATCH = " of " + BATCH;
    private static final String GRADE = "record/university/grade/";

    private static WrittenEvents events;

    private final Instant startedAt = Instant.now();

    @BeforeAll
    static void prepareDefaultTopic(LocalStack stack) {
        events = WrittenEvents.inTopic(stack.bootstrapServers(), stack.registryUrl(), "audit.events");
    }

    @Test
    void shouldReportEveryStepWhenAServiceOnlyLinksTheClient() {
        // When
        ExampleRun run = ExampleRun.java(PlainService.class, events.settings("plain-service"));

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.output()).hasSize(5).endsWith("events that close() could not write: 0");
        assertThat(ReportedFacts.of(wellFormed("plain-service"))).isEqualTo(DECLARATIONS);
    }

    @Test
    void shouldReportTheSameFactsWhenTheServiceIsWrittenInPython() {
        // Given
        DebianPackages.require();

        // When
        ExampleRun run = ExampleRun.python(events.settings("python-service"), "python/report.py");

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        // Kafka's client for C logs what is no error yet, each line from a percent sign.
        assertThat(run.errors()).allMatch(line -> line.startsWith("%"));
        assertThat(run.output()).hasSize(5).endsWith("events not written: 0");
        assertThat(ReportedFacts.of(wellFormed("python-service"))).isEqualTo(DECLARATIONS);
    }

    @Test
    void shouldReportADeferralWhenThePythonOfTheDocumentationRuns() {
        // Given
        DebianPackages.require();

        // When
        ExampleRun run = ExampleRun.python(
                events.settings("declarations"), "src/test/python/documented.py", "../../topology/docs/reporting.md");

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(ReportedFacts.of(wellFormed("declarations")))
                .isEqualTo(Map.of("record/university/declaration/4711", List.of("Deferred")));
    }

    @Test
    void shouldCompleteTheBatchWhenOneOfItsMembersFails() {
        // When
        ExampleRun run = ExampleRun.java(BatchJob.class, events.settings("job"));

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.output()).hasSize(4).endsWith("all events written: true");
        assertThat(ReportedFacts.of(wellFormed("job")))
                .isEqualTo(Map.of(
                        BATCH,
                        List.of("Opened", "Pending with 3", "Completed"),
                        GRADE + "anna",
                        List.of("Deferred" + IN_BATCH, "Completed" + IN_BATCH),
                        GRADE + "bela",
                        List.of("Deferred" + IN_BATCH, "Completed" + IN_BATCH),
                        GRADE + "invalid",
                        List.of(
                                "Deferred" + IN_BATCH,
                                "Failed java.lang.IllegalArgumentException, no such course, false" + IN_BATCH)));
    }

    @Test
    void shouldFailTheBatchAndOweItsMembersWhenTheJobFails() {
        // When
        ExampleRun run = ExampleRun.java(BatchJob.class, events.settings("failing-job"), "anna", "down", "bela");

        // Then
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.output()).contains("batch failed: the target does not answer", "all events written: true");
        assertThat(ReportedFacts.of(wellFormed("failing-job")))
                .isEqualTo(Map.of(
                        BATCH,
                        List.of(
                                "Opened",
                                "Pending with 3",
                                "Failed java.lang.IllegalStateException, the target does not answer, false"),
                        GRADE + "anna",
                        List.of("Deferred" + IN_BATCH, "Completed" + IN_BATCH),
                        GRADE + "down",
                        List.of("Deferred" + IN_BATCH),
                        GRADE + "bela",
                        List.of("Deferred" + IN_BATCH)));
    }

    private List<ConsumerRecord<String, AuditEvent>> wellFormed(String service) {
        List<ConsumerRecord<String, AuditEvent>> written = events.of(service);
        new ProducerContract(service, startedAt).requireOf(written);
        return written;
    }
}
