package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.local.FreePorts;
import io.foundling.local.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image at work, as far as that can be seen without an engine. */
class RunImageIT {

    /** How long Kubernetes waits between SIGTERM and SIGKILL. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** As the chart sets it, with a collector that an operator chose. */
    private static final String JAVA_OPTS =
            "-Xmx512m -Djava.io.tmpdir=/tmp -XX:+ExitOnOutOfMemoryError -XX:+UseParallelGC";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static ImageContent image;

    @BeforeAll
    static void unpack() {
        image = BuiltImages.content();
    }

    @Test
    void shouldServeOnAReadOnlyRootAsItsUserAndEndWhenToldTo() throws Exception {
        // Given
        try (LocalStack stack = LocalStack.startTemporary()) {
            Map<String, String> environment = Map.of(
                    "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS",
                    stack.bootstrapServers(),
                    "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL",
                    stack.registryUrl(),
                    "FOUNDLING_CONFIG",
                    "/etc/foundling/foundling.yaml",
                    "FOUNDLING_JAVA_OPTS",
                    JAVA_OPTS);
            int port = FreePorts.freePort();
            Files.createDirectories(directory.resolve("config"));
            Files.writeString(directory.resolve("config/foundling.yaml"), "http:\n  port: " + port + "\n");
            assertThat(run(environment, "topics", "apply")).contains("audit.events");
            try (ImageProcess service = ImageProcess.start(image, directory, environment, "serve")) {
                // When
                awaitOk(service, port, "/readyz");
                for (String compression : new String[] {"lz4", "zstd", "snappy"}) {
                    record(stack, compression);
                }

                // Then
                assertThat(status(port, "/livez")).isEqualTo(200);
                await("dispositions")
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(service.exec("tail", "dispositions", "--no-follow"))
                                .contains("stage/lz4", "stage/zstd", "stage/snappy"));
                assertThat(service.exec("doctor"))
                        .containsPattern("heap 4\\d\\d MiB")
                        .contains("errors: 0");
                assertThat(service.proc("status"))
                        .containsPattern("Uid:\t10001\t10001\t10001\t10001\n")
                        .containsPattern("Gid:\t10001\t10001\t10001\t10001\n")
                        .containsPattern("NSpid:\t\\d+\t1\n");
                assertThat(service.inside().info().command().orElseThrow()).endsWith("/opt/java/bin/java");
                assertThat(service.proc("maps"))
                        .contains("/opt/foundling/native/librocksdbjni-linux64.so")
                        .contains("/opt/foundling/native/libzstd-jni.so")
                        .contains("/opt/foundling/native/libsnappyjava.so");
                assertThat(Path.of("/proc", Long.toString(service.inside().pid()), "root", "tmp"))
                        .isEmptyDirectory();
                assertThat(directory.resolve("state/foundling-state")).isNotEmptyDirectory();

                // When
                service.inside().destroy();

                // Then: as the JVM says it of an orderly end by this signal
                assertThat(service.awaitExit(GRACE)).as(service.log()).isEqualTo(128 + 15);
                assertThat(service.log()).doesNotContain("\tat ", "WARNING", "Exception");
            }
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheConfigurationAndNothingElse() throws IOException {
        Path config = Files.createDirectories(directory.resolve("wrong/config"));
        Files.writeString(config.resolve("foundling.yaml"), "colour: red\nallowedLag: soon\n");
        try (ImageProcess service = ImageProcess.start(
                image, directory.resolve("wrong"), Map.of(), "serve", "--config", "/etc/foundling/foundling.yaml")) {
            assertThat(service.awaitExit()).isEqualTo(2);
            assertThat(service.log())
                    .startsWith("foundling serve: /etc/foundling/foundling.yaml has 4 problems:\n")
                    .contains("line 1: unknown key 'colour'", "line 2: allowedLag is 'soon'")
                    .contains("kafka.bootstrap.servers", "avro.schema.registry.url")
                    .hasLineCount(5);
        }
    }

    /** Kafka can log in with tokens only if jose4j and the modules that it needs are there. */
    @Test
    void shouldAskForATokenAndNameTheEndpointThatIsAway() {
        String endpoint = "http://127.0.0.1:1/token";
        Map<String, String> environment = Map.ofEntries(
                Map.entry("FOUNDLING_JAVA_OPTS", "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + endpoint),
                Map.entry("FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1"),
                Map.entry("FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"),
                Map.entry("FOUNDLING_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT"),
                Map.entry("FOUNDLING_KAFKA_SASL_MECHANISM", "OAUTHBEARER"),
                Map.entry("FOUNDLING_KAFKA_SASL_LOGIN_RETRY_BACKOFF_MAX_MS", "100"),
                Map.entry("FOUNDLING_KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", endpoint),
                Map.entry(
                        "FOUNDLING_KAFKA_SASL_LOGIN_CALLBACK_HANDLER_CLASS",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler"),
                Map.entry(
                        "FOUNDLING_KAFKA_SASL_JAAS_CONFIG",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                                + " clientId=\"service\" clientSecret=\"secret\";"));
        try (ImageProcess service = ImageProcess.start(image, directory, environment, "serve")) {
            assertThat(service.awaitExit()).as(service.log()).isEqualTo(3);
            assertThat(service.log())
                    .contains("no token from " + endpoint + ": java.net.ConnectException: Connection refused");
        }
    }

    @Test
    void shouldEndAsTheRunbookSaysWhenTheHeapIsTooSmall() {
        try (ImageProcess service =
                ImageProcess.start(image, directory, Map.of("FOUNDLING_JAVA_OPTS", "-Xmx3m"), "serve")) {
            assertThat(service.awaitExit()).as(service.log()).isEqualTo(3);
            assertThat(service.log()).contains("OutOfMemoryError");
        }
    }

    @Test
    void shouldOfferTheCommandsOfAnOperatorAndNoDemo() {
        assertThat(run(Map.of(), "--version")).startsWith("foundling ");
        assertThat(run(Map.of(), "--help")).contains("serve", "topics", "tail").doesNotContain("demo");
    }

    @Test
    void shouldRunTheJvmWithItsDefaultsUnlessToldOtherwise() {
        String shown = "-XX:+PrintFlagsFinal -XshowSettings:properties";
        assertThat(run(Map.of("FOUNDLING_JAVA_OPTS", shown), "--version"))
                .containsPattern("MaxRAMPercentage += 45.0")
                .containsPattern("ExitOnOutOfMemoryError += true")
                .contains("file.encoding = UTF-8", "sun.jnu.encoding = UTF-8", "java.io.tmpdir = /tmp");
        assertThat(run(
                        Map.of(
                                "FOUNDLING_JAVA_OPTS",
                                shown + " -XX:MaxRAMPercentage=12",
                                "TMPDIR",
                                "/var/lib/foundling"),
                        "--version"))
                .containsPattern("MaxRAMPercentage += 12.0")
                .contains("java.io.tmpdir = /var/lib/foundling");
    }

    @Test
    void shouldTakeACollectorOfItsOwnUnlessAnotherIsChosen() {
        String shown = "-XX:+PrintFlagsFinal";
        assertThat(run(Map.of("FOUNDLING_JAVA_OPTS", shown), "serve", "--help"))
                .containsPattern("UseParallelGC += true");
        assertThat(run(Map.of("FOUNDLING_JAVA_OPTS", shown + " -XX:+UseG1GC"), "serve", "--help"))
                .containsPattern("UseG1GC += true");
        Map<String, String> elsewhere =
                Map.of("FOUNDLING_JAVA_OPTS", shown, "JAVA_TOOL_OPTIONS", "-Xss1m\n-XX:+UseZGC\n");
        assertThat(run(elsewhere, "serve", "--help")).containsPattern("UseZGC += true");
        assertThat(run(elsewhere, "topics", "--help")).containsPattern("UseZGC += true");
        assertThat(run(Map.of("FOUNDLING_JAVA_OPTS", shown), "topics", "--help"))
                .containsPattern("UseSerialGC += true");
    }

    private static String run(Map<String, String> environment, String... arguments) {
        try (ImageProcess process = ImageProcess.start(image, directory, environment, arguments)) {
            assertThat(process.awaitExit()).as(process.log()).isZero();
            return process.log();
        }
    }

    private static void record(LocalStack stack, String compression) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "audit.bootstrap.servers",
                stack.bootstrapServers(),
                "audit.schema.registry.url",
                stack.registryUrl(),
                "audit.service",
                "image-test",
                "audit.kafka.compression.type",
                compression));
        try (AuditRecorder recorder = KafkaAuditRecorder.fromProperties(settings)) {
            recorder.deferred(new Subject(SubjectKind.RECORD, "image", "stage", compression));
        }
    }

    private static void awaitOk(ImageProcess service, int port, String path) {
        await(path)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .failFast(() -> {
                    if (!service.isAlive()) {
                        throw new AssertionError("it ended with " + service.awaitExit() + ":\n" + service.log());
                    }
                })
                .until(() -> status(port, path) == 200);
    }

    private static int status(int port, String path) throws InterruptedException {
        try {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }
}
