package io.foundling.service.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.access.token.TokenSecret;
import io.foundling.console.delivery.http.PemTls;
import io.foundling.local.LocalStack;
import io.foundling.schemas.Certificates;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of {@code console} with credentials, as behind one address. */
class ConsoleAccessIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ADDRESS = Pattern.compile("console answers at (https://127\\.0\\.0\\.1:\\d+)");
    private static final int LIMIT = 20;
    private static final TokenSecret TOKEN = TokenSecret.random(new SecureRandom());
    private static final String RECEIVERS = """
            receivers:
              - {name: pager, kind: ALERTMANAGER, url: "http://127.0.0.1:1"}
            """;

    @TempDir
    private Path directory;

    private HttpClient client;

    @Test
    void shouldKnowWhoSignedInAtTheOtherAndLimitEachCaller() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
            Certificates certificates = Certificates.in(directory);
            client = HttpClient.newBuilder()
                    .sslContext(PemTls.of(Optional.of(certificates.pemChain("authority")), Optional.empty()))
                    .build();
            try (ServiceProcess one = console(stack, certificates, "one");
                    ServiceProcess other = console(stack, certificates, "other")) {
                URI first = address(one);

                // When
                HttpResponse<String> signedIn = send(HttpRequest.newBuilder(first.resolve("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + TOKEN.text() + "&to=/overview")));
                String cookie = signedIn.headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow()
                        .replaceFirst(";.*", "");

                // Then
                HttpResponse<String> page =
                        send(HttpRequest.newBuilder(address(other).resolve("/overview"))
                                .header("Cookie", cookie));
                assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
                assertThat(page.body()).contains("Signed in as token:ann");

                HttpResponse<String> silences = api(first, "silences");
                assertThat(silences.statusCode()).isEqualTo(200);
                assertThat(silences.body()).contains("\"problem\":\"no connection to 127.0.0.1:1\"");

                HttpResponse<String> nothing =
                        send(HttpRequest.newBuilder(first.resolve("/nothing")).header("Accept", "text/html"));
                assertThat(nothing.statusCode()).isEqualTo(404);
                assertThat(nothing.body()).startsWith("<!DOCTYPE html>");

                HttpResponse<String> refused = api(first, "topics");
                for (int i = 0; i < LIMIT && refused.statusCode() == 200; i++) {
                    refused = api(first, "topics");
                }
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            }
        }
    }

    private ServiceProcess console(LocalStack stack, Certificates certificates, String name) throws IOException {
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
                "console.tokensFile",
                file("tokens.yaml", "tokens: [{name: ann, sha256: %s, roles: [READER]}]".formatted(TOKEN.sha256())));
        return ServiceProcess.of(stack, home, name, yaml, settings)
                .running("console")
                .start()
                .awaitReady();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private HttpResponse<String> api(URI console, String path) throws Exception {
        return send(HttpRequest.newBuilder(console.resolve("/api/v1/" + path))
                .header("Authorization", "Bearer " + TOKEN.text()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI address(ServiceProcess console) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            Matcher found = ADDRESS.matcher(console.log());
                            return found.find() ? Optional.of(URI.create(found.group(1))) : Optional.<URI>empty();
                        },
                        Optional::isPresent)
                .get();
    }
}
