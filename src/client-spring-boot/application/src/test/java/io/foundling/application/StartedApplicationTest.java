package io.foundling.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.client.spool.SpoolContent;
import io.foundling.client.spool.SpoolExamination;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application as its users do. No broker is there, so all that it records is in the spool afterwards. */
@Timeout(300)
class StartedApplicationTest {

    @TempDir
    private Path root;

    @Test
    void shouldRunWithTheVersionOfSpringBootThatThisBuildIsFor() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.spring-boot"));
    }

    @Test
    void shouldKeepWhatIsRecordedUntilTheLastTaskOfTheApplicationHasEnded() throws Exception {
        // Given
        try (ConfigurableApplicationContext context = start()) {
            String address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");

            // When
            String opened = ask(HttpRequest.newBuilder(URI.create(address + "/declarations/4711"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());
            String health = ask(HttpRequest.newBuilder(URI.create(address + "/actuator/health/audit")).build());
            String meter = ask(HttpRequest.newBuilder(
                            URI.create(address + "/actuator/metrics/foundling.recorder.recorded"))
                    .build());

            // Then
            assertThat(opened).isEqualTo("opened 4711");
            assertThat(health).contains("\"status\":\"UP\"", "\"queuedEvents\":", "\"spooledBytes\":", "\"lost\":0");
            assertThat(meter).contains("\"value\":1.0");
        }
        SpoolContent left = SpoolExamination.examine(root.resolve("declarations/pod-1"));
        assertThat(left.inUse()).isFalse();
        assertThat(left.events()).isEqualTo(2);
        assertThat(left.producers()).containsExactly("declarations pod-1");
    }

    @Test
    void shouldRefuseASettingThatItDoesNotKnow() {
        assertThatThrownBy(() -> start("--audit.queue.ful=BLOCK").close())
                .hasRootCauseMessage("audit recorder: audit.queue.ful is no setting of the recorder,"
                        + " which reserves the prefix 'audit.' (did you mean 'audit.queue.full'?)");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void shouldExplainWhyItDoesNotStartInsteadOfAStackTrace(CapturedOutput output) {
        // When
        assertThatThrownBy(() -> start("--audit.service=", "--audit.queue.ful=BLOCK")
                .close());

        // Then
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "    audit.service (AUDIT_SERVICE) is missing\n    audit.queue.ful is no setting of the recorder",
                        "Set spring.application.name; audit.service has its value by default.")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldHaveNoHealthWhereHealthIsOffByDefault() {
        try (ConfigurableApplicationContext context = start("--management.health.defaults.enabled=false")) {
            assertThat(context.containsBean("auditHealthIndicator")).isFalse();
        }
    }

    private ConfigurableApplicationContext start(String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.application.name=declarations",
                "--management.endpoints.web.exposure.include=health,metrics",
                "--management.endpoint.health.show-details=always",
                "--audit.bootstrap.servers=127.0.0.1:1",
                "--audit.schema.registry.url=http://127.0.0.1:1",
                "--audit.instance=pod-1",
                "--audit.queue.full=SPILL",
                "--audit.spool.root=" + root,
                "--audit.close.timeout.ms=100",
                "--audit.kafka.max.block.ms=100"));
        arguments.addAll(List.of(further));
        return SpringApplication.run(Application.class, arguments.toArray(String[]::new));
    }

    private static String ask(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
