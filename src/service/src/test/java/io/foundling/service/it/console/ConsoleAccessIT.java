package io.foundling.service.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.access.token.TokenSecret;
import io.foundling.console.delivery.http.PemTls;
import io.foundling.local.LocalStack;
import io.foundling.schemas.Certificates;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of {@code console} with credentials, as behind one address: what they answer to whom. */
class ConsoleAccessIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LIMIT = 20;
    private static final TokenSecret ANN = TokenSecret.random(new SecureRandom());
    private static final TokenSecret BOB = TokenSecret.random(new SecureRandom());
    private static final TokenSecret JOBS = TokenSecret.random(new SecureRandom());
    private static final String RECEIVERS = """
            receivers:
              - {name: pager, kind: ALERTMANAGER, url: "http://127.0.0.1:1"}
            """;

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static URI first;
    private static URI second;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
        Certificates certificates = Certificates.in(directory);
        client = HttpClient.newBuilder()
                .sslContext(PemTls.of(Optional.of(certificates.pemChain("authority")), Optional.empty()))
                .build();
        first = console(certificates, "one").awaitAddress();
        second = console(certificates, "other").awaitAddress();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldKnowWhoSignedInAtTheOtherAndLimitEachCaller() throws Exception {
        // When
        HttpResponse<String> signedIn = send(HttpRequest.newBuilder(first.resolve("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + ANN.text() + "&to=/overview")));
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");

        // Then
        HttpResponse<String> page =
                send(HttpRequest.newBuilder(second.resolve("/overview")).header("Cookie", cookie));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("Signed in as token:ann");

        HttpResponse<String> silences = asked(ANN, "silences");
        assertThat(silences.statusCode()).isEqualTo(200);
        assertThat(silences.body()).contains("\"problem\":\"no connection to 127.0.0.1:1\"");

        HttpResponse<String> nothing =
                send(HttpRequest.newBuilder(first.resolve("/nothing")).header("Accept", "text/html"));
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body()).startsWith("<!DOCTYPE html>");

        HttpResponse<String> refused = await("the limit of %d calls a minute".formatted(LIMIT))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> asked(ANN, "topics"), answer -> answer.statusCode() != 200);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void shouldTakeEventsFromWhoeverMayReportThem() throws Exception {
        // When
        HttpResponse<String> nobody = send(event("university", "nobody"));
        HttpResponse<String> reader = send(as(BOB, event("university", "reader")));
        HttpResponse<String> stranger = send(as(JOBS, event("payroll", "stranger")));
        HttpResponse<String> reporter = send(as(JOBS, event("university", "reporter")));

        // Then
        assertThat(nobody.statusCode()).as(nobody.body()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(reader.statusCode()).as(reader.body()).isEqualTo(403);
        assertThat(reader.body()).contains("needs the role intake");
        assertThat(stranger.statusCode()).as(stranger.body()).isEqualTo(403);
        assertThat(stranger.body()).contains("none of the sources of your credentials");
        assertThat(reporter.statusCode()).as(reporter.body()).isEqualTo(200);
        assertThat(asked(JOBS, "topics").statusCode()).isEqualTo(403);
        assertThat(new TopicReader(stack.bootstrapServers()).committed(TopicNames.EVENTS))
                .extracting(ConsumerRecord::key)
                .containsExactly("record/university/declaration/reporter");
    }

    private static ServiceProcess console(Certificates certificates, String name) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        Path yaml = Files.writeString(home.resolve("foundling.yaml"), RECEIVERS);
        Map<String, String> settings = new HashMap<>(Map.of(
                "application",
                name,
                "console.database",
                "jdbc:sqlite:" + home.resolve("model.db"),
                "console.port",
                "0",
                "console.requestsPerMinute",
                Integer.toString(LIMIT)));
        settings.put("console.certificateFile", file("console.crt", certificates.pemChain("server")));
        settings.put("console.keyFile", file("console.key", certificates.pemKey("server")));
        settings.put("console.cookieKeyFile", file("cookie-key", "a secret that both consoles have got"));
        settings.put(
                "console.tokensFile", file("tokens.yaml", """
                        tokens:
                          - {name: ann, sha256: %s, roles: [READER]}
                          - {name: bob, sha256: %s, roles: [READER]}
                          - {name: jobs, sha256: %s, roles: [INTAKE], sources: [university]}
                        """.formatted(ANN.sha256(), BOB.sha256(), JOBS.sha256())));
        return stack.closeFirst(
                        ServiceProcess.of(stack, home, name, yaml, settings).running("console"))
                .start()
                .awaitReady();
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static HttpResponse<String> asked(TokenSecret caller, String path) throws Exception {
        return send(as(caller, HttpRequest.newBuilder(first.resolve("/api/v1/" + path))));
    }

    private static HttpRequest.Builder as(TokenSecret caller, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + caller.text());
    }

    private static HttpRequest.Builder event(String source, String id) {
        return HttpRequest.newBuilder(first.resolve("/api/v1/events"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"subject": {"kind": "RECORD", "source": "%s", "stage": "declaration", "id": "%s"}, "fact": "Deferred"}
                        """.formatted(source, id)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }
}
