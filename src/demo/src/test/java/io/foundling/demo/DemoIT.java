package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path files;

    private Path temporary;
    private Path output;

    @BeforeEach
    void prepare() throws Exception {
        temporary = Files.createDirectory(files.resolve("tmp"));
        output = files.resolve("output.txt");
    }

    @Test
    void shouldTellWhatThePipelineIntendedWhenItRunsToItsEnd() throws Exception {
        try (DemoProcess demo = new DemoProcess(temporary, output)) {
            // When
            await().atMost(PATIENCE).until(() -> demo.printed().contains("ORPHAN"));
            int exitCode = demo.exitCode();

            // Then
            assertThat(demo.printed())
                    .contains(
                            "record/university/declaration/1-11  DEFERRED",
                            "RECOVERY     record/university/declaration/1-13  has left PENDING after all",
                            "WITHDRAWAL   record/university/declaration/4-11  had left PENDING in time after all",
                            "RECOVERY     record/university/declaration/2-11  has left PENDING after all",
                            "SETTLEMENT   batch/university/payment-run/2  12 announced, 12 deferred, 11 returned,"
                                    + " missing: record/university/declaration/2-11\n",
                            "ALERT        1 of 12 members of batch 2 (university/payment-run), attempt 1,"
                                    + " did not come back\n",
                            "CORRECTION   batch/university/payment-run/2  12 announced, 12 deferred, 12 returned,"
                                    + " none missing\n",
                            "RESOLVED     Nobody is missing any more from batch 2 (university/payment-run),"
                                    + " attempt 1 (12 members)\n",
                            "VIOLATION    record/university/declaration/2-12  CONFLICTING_OUTCOME",
                            "VIOLATION    record/university/declaration/3-12  BACKWARD_TRANSITION",
                            "VIOLATION    record/university/declaration/  MISSING_ID",
                            "NOT_AVRO_MESSAGE",
                            "UNKNOWN_SCHEMA_ID",
                            "WRONG_PARTITION",
                            "awaiting: ",
                            "The first warning came",
                            "Everything is as the pipeline intended.")
                    .doesNotContain(
                            " WARN ",
                            " ERROR ",
                            "Exception",
                            "\033",
                            "ORPHAN       record/university/declaration/3-11");
            assertThat(exitCode).isZero();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsInterrupted() throws Exception {
        try (DemoProcess demo = new DemoProcess(temporary, output, "--keep")) {
            // Given
            await().atMost(PATIENCE).until(() -> demo.printed().contains("payment-run/1  opened"));

            // When
            demo.interrupt();
            int exitCode = demo.exitCode();

            // Then
            assertThat(exitCode).isEqualTo(128 + 15);
            assertThat(demo.printed()).endsWith("stopping the service, the broker and the registry ...\n");
            assertNothingIsLeft(demo);
        }
    }

    @Test
    @Tag("full")
    void shouldLeaveNothingBehindWhenItIsInterruptedWhileItStarts() throws Exception {
        try (DemoProcess demo = new DemoProcess(temporary, output)) {
            // Given
            await().atMost(PATIENCE)
                    .until(() -> demo.printed().contains("starting a Kafka broker")
                            && demo.descendants().findAny().isPresent());

            // When
            demo.interrupt();
            int exitCode = demo.exitCode();

            // Then
            assertThat(exitCode).isEqualTo(128 + 15);
            assertNothingIsLeft(demo);
        }
    }

    private void assertNothingIsLeft(DemoProcess demo) {
        assertThat(demo.descendants()).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
    }
}
