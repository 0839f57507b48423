package io.foundling.service.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.Page;
import io.foundling.service.config.HttpAddress;
import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import io.foundling.service.http.HttpEndpoint;
import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.service.metrics.LedgerMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetAsideExaminationTest {

    private static Finding examined(String metrics) {
        try (HttpEndpoint endpoint = new HttpEndpoint("localhost", 0, List::of, List::of, () -> metrics)) {
            return examined("0.0.0.0", endpoint.port());
        }
    }

    private static Finding examined(String host, int port) {
        return only(new SetAsideExamination(new HttpAddress(host, port, KafkaMetrics.USED)));
    }

    private static Finding only(Examination examination) {
        List<Finding> findings = examination.findings();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static void shouldNotBeKnown(Finding finding, String why) {
        assertThat(finding.severity()).isEqualTo(Severity.SKIPPED);
        assertThat(finding.sentence()).isEqualTo("what an instance has set aside is not known: " + why);
    }

    @Test
    void shouldCountByKindWhatTheInstanceHasSetAside() {
        // Given
        Finding finding;
        try (ServiceMetrics service = new ServiceMetrics("1.2.3", KafkaMetrics.USED)) {
            LedgerMetrics ledger =
                    new LedgerMetrics(service.registry(), List.of("audit.events"), InstantSource.system());
            ledger.setAside("0_0", "subject", 1);
            ledger.setAside("0_1", "subject", 1);
            ledger.setAside("0_1", "member", 1);
            ledger.setAside("0_2", "tally", 0);

            // When
            finding = examined(service.scrape());
        }

        // Then
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.sentence())
                .isEqualTo("the instance that runs here could not decode 3 entries of its state and set them aside:"
                        + " 1 of kind member, 2 of kind subject; expected none,"
                        + " see \"What are damaged entries?\" in operation.md");
        assertThat(new Page(Path.of("docs/operation.md")).anchors()).contains("what-are-damaged-entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foundling_ready 1.0\n", "foundling_set_aside{kind=\"subject\"} 0.0\n"})
    void shouldBeContentWhenNothingIsSetAside(String metrics) {
        // When / Then
        assertThat(examined(metrics).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void shouldSayThatNothingIsKnownWhereNoInstanceRuns() throws IOException {
        // Given: nobody listens, and nobody else gets the port
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = taken.getLocalPort();

            // When / Then
            shouldNotBeKnown(
                    examined("127.0.0.1", port), "no instance answers at http://127.0.0.1:" + port + "/metrics");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jvm_threads 3.0\n", "# about foundling_set_aside\n"})
    void shouldNotTakeThePageOfAnotherProgramForOurs(String metrics) {
        // When
        Finding finding = examined(metrics);

        // Then
        assertThat(finding.severity()).isEqualTo(Severity.SKIPPED);
        assertThat(finding.sentence()).endsWith("/metrics is not Foundling");
    }

    @Test
    void shouldNotWaitForAServerThatStallsWithinItsAnswer() throws IOException {
        // Given
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> stalled = answered(server, "foundling_ready 1.0\n".getBytes(UTF_8));
            HttpAddress address = new HttpAddress("127.0.0.1", server.getLocalPort(), KafkaMetrics.USED);

            // When
            Finding finding = only(new SetAsideExamination(address, Duration.ofSeconds(1)));

            // Then
            shouldNotBeKnown(
                    finding,
                    "http://127.0.0.1:" + server.getLocalPort() + "/metrics gave no complete answer within 1000 ms");
            stalled.join().close();
        }
    }

    @Test
    void shouldNotReadAnAnswerWithoutAnEnd() throws IOException {
        // Given
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> endless = answered(server, new byte[9 << 20]);

            // When
            Finding finding = examined("127.0.0.1", server.getLocalPort());

            // Then
            shouldNotBeKnown(
                    finding,
                    "http://127.0.0.1:" + server.getLocalPort()
                            + "/metrics gives no page of metrics: the answer is larger than 8388608 bytes");
            Socket open = endless.exceptionally(closed -> null).join();
            if (open != null) {
                open.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit_ledger", "audit ledger"})
    void shouldSayThatAHostMakesNoUrl(String host) {
        shouldNotBeKnown(
                examined(host, 8080), "http.host makes no URL that can be asked: http://" + host + ":8080/metrics");
    }

    @Test
    void shouldSayThatNobodyCanBeAskedWhereThePortIsNotFixed() {
        shouldNotBeKnown(
                examined("0.0.0.0", 0),
                "http.port is 0, so the port of an instance is not fixed, and none can be asked");
    }

    /** Answers one request with headers and the begin of a body whose end never comes. */
    private static CompletableFuture<Socket> answered(ServerSocket server, byte[] begin) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = server.accept();
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n".getBytes(UTF_8));
                out.write(begin);
                out.flush();
                return socket;
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        });
    }
}
