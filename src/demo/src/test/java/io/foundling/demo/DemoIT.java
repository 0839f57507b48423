package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** The heartbeats are 570 of these, and the race leaves one of them out of step. */
    private static final String EVENTS_READ = "\nevents read                     772      772  ✓  1 out of step\n";

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
    void shouldShowWhatThePipelineIntendedWhenItRunsToItsEnd() throws Exception {
        try (DemoProcess demo = new DemoProcess(temporary, output)) {
            // When
            await().atMost(PATIENCE).until(() -> demo.printed().contains("WARNING"));
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(console(demo.printed(), "/api/v1/orphans?source=university"))
                            .contains("\"stage\":\"declaration\""));
            String overview = console(demo.printed(), "/overview");
            int exitCode = demo.exitCode();

            // Then
            assertThat(overview).contains("<html", "university");
            assertThat(demo.printed())
                    .as("a race of two reporters")
                    .contains("· pipeline     declaration 2-13  is completed, and only then reported as deferred")
                    .contains("✓  1 out of step\n")
                    .doesNotContain("WARNING      declaration 2-13", "VIOLATION    declaration 2-13");
            assertThat(demo.printed())
                    .as("a restart")
                    .containsSubsequence(
                            "· pipeline     declaration 2-14  is deferred by a job that is then killed",
                            "▲ WARNING      declaration 2-14  emitted: DEFERRED",
                            "· pipeline     declaration 2-14  is deferred again by the job that was started anew\n",
                            "✓ RECOVERED    declaration 2-14  the record is DEFERRED anew, with a new deadline\n");
            assertThat(demo.printed())
                    .as("heartbeats")
                    .containsSubsequence(
                            "· pipeline     declaration 1-15  extends its deadline 70 times,",
                            "· pipeline     declaration 1-15  is completed after its last heartbeat\n",
                            EVENTS_READ)
                    .doesNotContain("WARNING      declaration 1-15");
            assertThat(demo.printed())
                    .as("a scope")
                    .containsSubsequence(
                            "· pipeline     statistics 2026   have 98 rows of 100\n",
                            "● ALERT        The last check of 1 scope of university/statistics did not pass\n",
                            "○ RESOLVED     The last checks of all scopes of university/statistics have passed\n")
                    .containsSubsequence(
                            "● ALERT        1 scope of university/statistics is stale\n",
                            "· pipeline     statistics 2026   are completed after all\n",
                            "○ RESOLVED     No scope of university/statistics is stale any more\n");
            assertThat(demo.printed())
                    .as("an anomaly of volume")
                    .containsSubsequence(
                            "· pipeline     load bookings     is completed with 412 rows\n",
                            "● ALERT        1 scope of warehouse/load counted far more or far less than before\n",
                            "· pipeline     load bookings     is completed with 1,003 rows\n",
                            "○ RESOLVED     All scopes of warehouse/load count about as much as before\n");
            assertThat(demo.printed())
                    .as("a hand-over that never happens")
                    .containsSubsequence(
                            "· pipeline     extract file-2    is extracted, and never handed over to be parsed\n",
                            "▲ WARNING      parse file-2      emitted: EXPECTED",
                            "(expectation hand-over)\n",
                            "● ALERT        1 subject of university/parse")
                    .doesNotContain("WARNING      parse file-1");
            assertThat(demo.printed())
                    .as("a source that falls silent")
                    .containsSubsequence(
                            "· pipeline     transfer 1        is deferred by the gateway,",
                            "● ALERT        Nothing is read any more of source gateway, which normally reports at this time\n",
                            "· pipeline     transfer 1        is completed: the gateway reports again\n",
                            "✓ RECOVERED    transfer 1        the record has left DEFERRED, after its deadline\n")
                    .contains(
                            "as UNKNOWN: DEFERRED",
                            "○ RESOLVED     Nothing says any more that source gateway is silent\n");
            assertThat(demo.printed())
                    .as("an alert that reaches a receiver, and its end")
                    .containsSubsequence(
                            "✉ MESSAGE      FIRING: 1 of 13 members of batch 2 (university/payment-run), attempt 1,",
                            "✉ MESSAGE      RESOLVED: Nobody is missing any more from batch 2 (university/payment-run),");
            assertThat(demo.printed())
                    .contains(
                            "▲ WARNING      declaration 1-11  emitted: DEFERRED",
                            "✓ RECOVERED    declaration 1-13  the record has left PENDING, after its deadline\n",
                            "↶ WITHDRAWN    declaration 4-11  the record had left PENDING in time,",
                            "✓ RECOVERED    declaration 2-11  the record has left PENDING, after its deadline\n",
                            "■ SETTLED      payment-run 2     13 announced, 13 deferred, 12 returned,"
                                    + " missing: declaration 2-11\n",
                            "● ALERT        1 of 13 members of batch 2 (university/payment-run), attempt 1,"
                                    + " did not come back\n",
                            "■ CORRECTED    payment-run 2     13 announced, 13 deferred, 13 returned,"
                                    + " none missing\n",
                            "○ RESOLVED     Nobody is missing any more from batch 2 (university/payment-run),"
                                    + " attempt 1 (13 members)\n",
                            "✗ VIOLATION    declaration 2-12  CONFLICTING_OUTCOME",
                            "✗ VIOLATION    declaration 3-12  BACKWARD_TRANSITION",
                            "✗ VIOLATION    declaration ?     MISSING_ID",
                            "NOT_AVRO_MESSAGE",
                            "UNKNOWN_SCHEMA_ID",
                            "WRONG_PARTITION",
                            "awaiting ",
                            "The first warning came",
                            "everything is as the pipeline intended.")
                    .doesNotContain(
                            " WARN ", " ERROR ", "Exception", "\033", "DIFFERS", "▲ WARNING      declaration 3-11");
            assertThat(demo.printed().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Row.WIDTH));
            assertThat(exitCode).isZero();
            assertNothingIsLeft(demo);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsInterrupted() throws Exception {
        try (DemoProcess demo = new DemoProcess(temporary, output, "--keep")) {
            // Given
            await().atMost(PATIENCE).until(() -> demo.printed().contains("payment-run 1     is opened"));

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

    /** Asks the console whose address the demo has printed. */
    private static String console(String printed, String path) throws Exception {
        Matcher address = Pattern.compile("pages and API are at (http://\\S+)").matcher(printed);
        assertThat(address.find()).isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address.group(1) + path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
