package io.foundling.console.delivery.webhook;

import static io.foundling.console.delivery.Changes.labels;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Both formats, field by field: programs depend on them. */
class MessagesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final FakeClock CLOCK = new FakeClock();

    @Test
    void shouldLookAsAWebhookOfAlertmanagerDoes() throws IOException {
        assertThat(alertmanager(linking(), Changes.firing(7, 3), Optional.empty()))
                .isEqualTo(json("""
                        {
                          "version": "4",
                          "groupKey": "orphaned/university/declaration",
                          "truncatedAlerts": 0,
                          "status": "firing",
                          "receiver": "tickets",
                          "groupLabels": {"application": "ledger"},
                          "commonLabels": {
                            "alertname": "FoundlingOrphaned", "application": "ledger", "severity": "warning",
                            "source": "university", "stage": "declaration"
                          },
                          "commonAnnotations": {
                            "count": "3", "samples": "record/university/declaration/4711", "summary": "3 orphans"
                          },
                          "externalURL": "https://console/",
                          "alerts": [
                            {
                              "status": "firing",
                              "labels": {
                                "alertname": "FoundlingOrphaned", "application": "ledger", "severity": "warning",
                                "source": "university", "stage": "declaration"
                              },
                              "annotations": {
                                "count": "3", "samples": "record/university/declaration/4711", "summary": "3 orphans"
                              },
                              "startsAt": "2026-09-01T10:00:00Z",
                              "endsAt": "0001-01-01T00:00:00Z",
                              "generatorURL": "https://console/alerts?key=orphaned%2Funiversity%2Fdeclaration",
                              "fingerprint": "c6f27e47b862893e"
                            }
                          ]
                        }
                        """));
    }

    @Test
    void shouldEndAnAlertAsAlertmanagerDoes() throws IOException {
        // When
        JsonNode message = alertmanager(
                linking(),
                Changes.resolved(8, FakeClock.START.plusSeconds(9)),
                Optional.of(progress(Changes.firing(7, 3))));

        // Then
        assertThat(message.path("status").asText()).isEqualTo("resolved");
        assertThat(message.path("alerts")).hasSize(1);
        assertThat(message.at("/alerts/0/status").asText()).isEqualTo("resolved");
        assertThat(message.at("/alerts/0/endsAt").asText()).isEqualTo("2026-09-01T10:00:09Z");
    }

    @Test
    void shouldEndTheFormerLabelsAtTheTimeOfTheMessageThatHadThem() throws IOException {
        // Given
        Progress former = progress(Changes.labelled(7, labels("warning")));

        // When
        JsonNode message = alertmanager(linking(), Changes.labelled(8, labels("critical")), Optional.of(former));

        // Then
        assertThat(message.path("status").asText()).isEqualTo("firing");
        assertThat(message.at("/commonLabels/severity").asText()).isEqualTo("critical");
        assertThat(message.path("alerts")).hasSize(2);
        assertThat(message.at("/alerts/0/labels/severity").asText()).isEqualTo("warning");
        assertThat(message.at("/alerts/0/labels/application").asText()).isEqualTo("ledger");
        assertThat(message.at("/alerts/0/status").asText()).isEqualTo("resolved");
        assertThat(message.at("/alerts/0/endsAt").asText())
                .isEqualTo(former.outcome().at().toString());
        assertThat(message.at("/alerts/0/fingerprint").asText())
                .isNotEqualTo(message.at("/alerts/1/fingerprint").asText());
        assertThat(message.at("/alerts/1/labels/severity").asText()).isEqualTo("critical");
        assertThat(message.at("/alerts/1/status").asText()).isEqualTo("firing");
    }

    @Test
    void shouldEndOnlyTheLabelsThatTheReceiverHasWhenTheEndHasOthers() throws IOException {
        // When
        JsonNode message = alertmanager(
                linking(),
                Changes.resolved(8, labels("critical"), FakeClock.START),
                Optional.of(progress(Changes.labelled(7, labels("warning")))));

        // Then
        assertThat(message.path("alerts")).hasSize(1);
        assertThat(message.at("/alerts/0/labels/severity").asText()).isEqualTo("warning");
        assertThat(message.at("/commonLabels/severity").asText()).isEqualTo("warning");
    }

    @Test
    void shouldBeACloudEvent() throws IOException {
        assertThat(cloudEvent(linking(), Changes.firing(7, 3))).isEqualTo(json("""
                {
                  "specversion": "1.0",
                  "id": "orphaned/university/declaration#7",
                  "source": "/foundling/ledger",
                  "type": "io.foundling.audit.alert.firing",
                  "subject": "orphaned/university/declaration",
                  "time": "2026-09-01T10:00:00Z",
                  "datacontenttype": "application/json",
                  "data": {
                    "type": "ORPHANED",
                    "status": "FIRING",
                    "count": 3,
                    "samples": ["record/university/declaration/4711"],
                    "labels": {
                      "alertname": "FoundlingOrphaned", "application": "ledger", "severity": "warning",
                      "source": "university", "stage": "declaration"
                    },
                    "annotations": {"summary": "3 orphans"},
                    "startsAt": "2026-09-01T10:00:00Z",
                    "generatorURL": "https://console/alerts?key=orphaned%2Funiversity%2Fdeclaration"
                  }
                }
                """));
    }

    @Test
    void shouldBeACloudEventWithAnEndWhenAnAlertIsResolved() throws IOException {
        // When
        JsonNode event = cloudEvent(linking(), Changes.resolved(8, FakeClock.START.plusSeconds(9)));

        // Then
        assertThat(event.path("type").asText()).isEqualTo("io.foundling.audit.alert.resolved");
        assertThat(event.at("/data/status").asText()).isEqualTo("RESOLVED");
        assertThat(event.at("/data/endsAt").asText()).isEqualTo("2026-09-01T10:00:09Z");
    }

    @Test
    void shouldLinkToNothingWhenThereIsNoConsole() throws IOException {
        // Given
        Presentation unlinked = new Presentation("ledger", Optional.empty());

        // When
        JsonNode message = alertmanager(unlinked, Changes.firing(7, 3), Optional.empty());
        JsonNode event = cloudEvent(unlinked, Changes.firing(7, 3));

        // Then: Alertmanager's format always has its fields
        assertThat(message.at("/alerts/0/generatorURL").textValue()).isEmpty();
        assertThat(message.path("externalURL").textValue()).isEmpty();
        assertThat(event.path("data").has("generatorURL")).isFalse();
    }

    private static Presentation linking() {
        return new Presentation("ledger", Optional.of("https://console/"));
    }

    private static JsonNode alertmanager(Presentation shown, Notification change, Optional<Progress> last)
            throws IOException {
        return MAPPER.readTree(new Messages("tickets", shown).alertmanager(change, last));
    }

    private static JsonNode cloudEvent(Presentation shown, Notification change) throws IOException {
        return MAPPER.readTree(new Messages("tickets", shown).cloudEvent(change, CLOCK.instant()));
    }

    private static Progress progress(Notification done) {
        return Progress.of(
                done,
                new Progress.Outcome(
                        DeliveryResult.DELIVERED, 1, "200", CLOCK.instant().plus(Duration.ofSeconds(5))));
    }

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }
}
