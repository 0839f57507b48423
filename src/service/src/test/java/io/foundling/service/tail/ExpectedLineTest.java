package io.foundling.service.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.topology.names.TopicPrefix;
import org.junit.jupiter.api.Test;

/** What {@code tail expectations} shows. */
final class ExpectedLineTest {

    private static String line(String value) throws Exception {
        JsonNode record = new ObjectMapper().readTree("""
                {"timestamp": "2026-01-02T03:04:05Z", "key": "record/university/parse/r1",
                 "headers": {"foundling.revokes": "4711"}, "value": %s}
                """.formatted(value));
        TailTopic topic = TailTopic.named("expectations").orElseThrow();
        assertThat(topic.topic(TopicPrefix.DEFAULT)).isEqualTo("audit.expectations");
        return topic.line(record);
    }

    @Test
    void shouldShowWhatIsExpectedAndWhy() throws Exception {
        // When
        String line = line("""
                {"occurredAt": "2026-01-02T03:04:00Z", "body": {"dueAt": "2026-01-02T05:04:00Z",
                 "promisedBy": "record/university/extract/r1", "reason": "hand-over"}}
                """);

        // Then
        assertThat(line)
                .containsPattern("EXPECTED +- +record/university/parse/r1 +since 2026-01-02T03:04:00Z"
                        + "  dueAt 2026-01-02T05:04:00Z  promisedBy record/university/extract/r1  reason hand-over");
    }

    @Test
    void shouldShowWhatIsRevoked() throws Exception {
        // When
        String line = line("null");

        // Then
        assertThat(line).containsPattern("revoked +- +record/university/parse/r1 +foundling.revokes=4711");
    }
}
