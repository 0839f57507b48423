package io.foundling.service.it.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.console.delivery.FakeReceiver;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts that a webhook was sent, in the form of Alertmanager's webhooks. */
record DeliveredAlerts(FakeReceiver hook) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Waits for the alert about a stage, which must be about this subject alone. */
    void awaitFiring(String source, String stage, String subject) {
        JsonNode first = await("alert about " + subject)
                .atMost(PATIENCE)
                .until(() -> of(source, stage), found -> !found.isEmpty())
                .get(0);
        assertThat(first.at("/status").asText()).isEqualTo("firing");
        assertThat(first.at("/commonLabels/source").asText()).isEqualTo(source);
        assertThat(first.at("/commonLabels/stage").asText()).isEqualTo(stage);
        assertThat(first.at("/commonAnnotations/count").asText()).isEqualTo("1");
        assertThat(first.at("/commonAnnotations/samples").asText()).isEqualTo(subject);
    }

    /** Waits until the webhook was sent the end of this alert, which must follow its beginning and nothing else. */
    void awaitEnd(String source, String stage) {
        await("end of the alert about " + source)
                .atMost(PATIENCE)
                .until(() -> of(source, stage).stream()
                        .anyMatch(sent -> sent.at("/status").asText().equals("resolved")));
        assertThat(of(source, stage))
                .extracting(sent -> sent.at("/status").asText())
                .containsExactly("firing", "resolved");
    }

    /** Returns the keys of all alerts about orphans. */
    List<String> orphaned() {
        return all().stream()
                .map(sent -> sent.at("/groupKey").asText())
                .filter(key -> key.startsWith("orphaned/"))
                .distinct()
                .toList();
    }

    private List<JsonNode> of(String source, String stage) {
        return all().stream()
                .filter(sent -> sent.at("/groupKey").asText().equals("orphaned/" + source + "/" + stage))
                .toList();
    }

    /** A message that was sent again has the same id, and counts once. */
    private List<JsonNode> all() {
        Map<String, String> bodies = new LinkedHashMap<>();
        hook.posts().forEach(post -> bodies.putIfAbsent(post.id(), post.body()));
        return bodies.values().stream().map(DeliveredAlerts::json).toList();
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException wrong) {
            throw new UncheckedIOException("the webhook was sent something that is no JSON: " + body, wrong);
        }
    }
}
