package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.alertmanager.AlertmanagerSink;
import io.foundling.console.delivery.http.Transport;
import io.foundling.console.delivery.silence.Silences;
import io.foundling.console.model.table.Tables;
import io.foundling.local.LocalAlertmanager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Debian's Alertmanager says of alerts, on the page and in the API. */
class SilencesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONFIG = """
            route: {receiver: nobody}
            receivers: [{name: nobody}]
            inhibit_rules:
              - source_matchers: [alertname="SilentSource"]
                target_matchers: [alertname="Orphaned"]
                equal: [source]
            """;
    private static final Access ACCESS = authorization -> switch (authorization.orElse("")) {
        case "Bearer all" -> new Caller("all", Set.of(Role.READER), Optional.empty());
        case "Bearer billing" -> new Caller("billing", Set.of(Role.READER), Optional.of(Set.of("billing")));
        default -> throw new AccessDeniedException(AccessDeniedException.Reason.UNKNOWN, "No such token is configured");
    };

    @TempDir
    private Path directory;

    private final Instant end = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    private LocalAlertmanager alertmanager;
    private Receiver receiver;
    private PagesRig rig;

    @BeforeEach
    void start() {
        assumeThat("true".equals(System.getenv("CI")) || LocalAlertmanager.isInstalled())
                .as(LocalAlertmanager.NAME + ", a package of Debian, is installed")
                .isTrue();
        alertmanager = LocalAlertmanager.startIn(directory.resolve("alertmanager"), CONFIG, Optional.empty());
        receiver = new Receiver(
                "pager",
                Transport.open(Duration.ofSeconds(30)),
                new Receiver.Alertmanager(List.of(alertmanager.uri())));
        rig = PagesRig.knowing(
                new Silences(List.of(receiver), List.of(), "ledger", InstantSource.system()),
                directory,
                ACCESS,
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
        }
    }

    @Test
    void shouldShowWhoSilencedAnAlertAndWhatIsInhibited() throws Exception {
        // Given
        fires(AlertType.ORPHANED, "Orphaned", "university");
        fires(AlertType.ORPHANED, "Orphaned", "billing");
        fires(AlertType.SILENT_SOURCE, "SilentSource", "billing");
        rig.catchUp();

        // When
        silence("university");

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page("all"))
                        .contains(
                                "Silenced by ann &lt;ops&gt; until",
                                "datetime=\"" + end + "\"",
                                "<span class=\"note\">the bank is late &amp; knows it</span>",
                                "Held back by another alert")
                        .doesNotContain("Silences may", "<ops>"));
        assertThat(page("all").split("class=\"note silenced\"", -1)).hasSize(3);
        assertThat(silences("all"))
                .contains("\"createdBy\":\"ann <ops>\"", "\"alertname\":\"Orphaned\"", "\"inhibited\":true")
                .doesNotContain("application");
        assertThat(silences("billing")).contains("billing").doesNotContain("university", "ann");
        assertThat(page("billing")).contains("Held back").doesNotContain("ann");
    }

    @Test
    void shouldSayThatAlertmanagerDoesNotAnswerAndShowTheAlerts() throws Exception {
        // Given
        fires(AlertType.ORPHANED, "Orphaned", "university");
        rig.catchUp();

        // When
        alertmanager.stop();

        // Then
        String address = "127.0.0.1:" + alertmanager.uri().getPort();
        assertThat(page("all"))
                .contains(
                        "Silences may be missing here, because Alertmanager could not be asked: no connection to "
                                + address + ".",
                        "Declarations are late");
        assertThat(silences("all")).contains("\"rows\":[]", "\"problem\":\"no connection to " + address + "\"");
    }

    /** An alert as the topic has it, and as {@code notify} sends it. */
    private void fires(AlertType type, String name, String source) throws InterruptedException {
        Alert alert = Alert.newBuilder()
                .setType(type)
                .setStatus(AlertStatus.FIRING)
                .setCount(3)
                .setLabels(Map.of("alertname", name, "source", source, "severity", "warning"))
                .setAnnotations(Map.of("summary", "Declarations are late"))
                .setStartsAt(Instant.now().minus(Duration.ofHours(1)))
                .build();
        String key = type + "/" + source;
        rig.write(Tables.ALERT, key, alert);
        int status = AlertmanagerSink.send(
                        Notification.of(key, 1, alert),
                        alertmanager.uri(),
                        receiver,
                        new Presentation("ledger", Optional.empty()),
                        InstantSource.system())
                .status();
        assertThat(status).isEqualTo(200);
    }

    private void silence(String source) throws Exception {
        String body = """
                {"matchers": [{"name": "source", "value": "%s", "isRegex": false}], "startsAt": "%s", "endsAt": "%s",
                 "createdBy": "ann <ops>", "comment": "the bank is late & knows it"}
                """.formatted(source, Instant.now(), end);
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(alertmanager.uri().resolve("/api/v2/silences"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .timeout(PATIENCE)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    private String page(String caller) {
        return rig.get("/alerts", "Authorization", "Bearer " + caller).body().replaceAll("\\s+", " ");
    }

    private String silences(String caller) {
        return rig.get("/api/v1/silences", "Authorization", "Bearer " + caller).body();
    }
}
