package io.foundling.service.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records {@code tail} shows. */
class TailFilterTest {

    private static final TailFilter ALL = new TailFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

    private static TailFilter stage(String source, String stage) {
        return new TailFilter(
                Optional.empty(),
                Optional.of(source),
                Optional.of(stage),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static TailFilter status(String status) {
        return new TailFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(status),
                Optional.empty(),
                Optional.empty());
    }

    private static JsonNode json(String record) throws IOException {
        return new JsonMapper().readTree(record);
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, long timestamp) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                null,
                new RecordHeaders(),
                Optional.empty());
    }

    /** An event, a settlement, a check, an alert, a clock, the end of a warning and that of an alert. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key': 'x', 'value': {'subject': {'source': 'a b', 'stage': 't'}}}",
                "{'key': 'x', 'value': {'parent': {'source': 'a b', 'stage': 't'}}}",
                "{'key': 'x', 'value': {'scope': {'source': 'a b', 'stage': 't'}}}",
                "{'key': 'x', 'value': {'labels': {'source': 'a b', 'stage': 't'}}}",
                "{'key': 'record/a%20b/t/1', 'value': null}",
                "{'key': 'orphaned/a%20b/t', 'value': null}"
            })
    void shouldFindSourceAndStageOfEveryKindOfRecord(String record) throws IOException {
        JsonNode content = json(record.replace('\'', '"'));
        assertThat(stage("a b", "t").allows(content)).isTrue();
        assertThat(stage("a b", "u").allows(content)).isFalse();
        assertThat(stage("b", "t").allows(content)).isFalse();
        assertThat(ALL.allows(content)).isTrue();
    }

    @Test
    void shouldFindTheStatusOfEveryKindOfRecord() throws IOException {
        assertThat(status("PENDING").allows(json("{\"value\": {\"status\": \"PENDING\"}}")))
                .isTrue();
        assertThat(status("FAILED").allows(json("{\"value\": {\"check\": {\"status\": \"FAILED\"}}}")))
                .isTrue();
        assertThat(status("COMPLETED").allows(json("{\"value\": {\"outcome\": \"COMPLETED\"}}")))
                .isTrue();
        assertThat(status("OPEN").allows(json("{\"value\": {\"fact\": \"Opened\"}}")))
                .isTrue();
        assertThat(status("OPENED").allows(json("{\"value\": {\"fact\": \"Opened\"}}")))
                .isTrue();
        assertThat(status("RETRYING")
                        .allows(json("{\"value\": {\"fact\": \"Failed\", \"body\": {\"retriable\": true}}}")))
                .isTrue();
        assertThat(status("PENDING")
                        .allows(json("{\"headers\": {\"foundling.status\": \"PENDING\"}, \"value\": null}")))
                .isTrue();
        assertThat(status("PENDING").allows(json("{\"value\": {\"status\": \"OPEN\"}}")))
                .isFalse();
        assertThat(status("PENDING").allows(json("{\"value\": {}}"))).isFalse();
    }

    @Test
    void shouldCompareKeysAndTimes() {
        // Given
        TailFilter filter = new TailFilter(
                Optional.of("batch/s/run/7"),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(Instant.ofEpochMilli(10)),
                Optional.of(Instant.ofEpochMilli(20)));

        // Then
        assertThat(filter.allows(record("batch/s/run/7", 9))).isFalse();
        assertThat(filter.allows(record("batch/s/run/7", 10))).isTrue();
        assertThat(filter.allows(record("batch/s/run/7/2", 19))).isTrue();
        assertThat(filter.allows(record("batch/s/run/7", 20))).isFalse();
        assertThat(filter.allows(record("batch/s/run/72", 15))).isFalse();
        assertThat(filter.allows(record(null, 15))).isFalse();
        assertThat(ALL.allows(record(null, 15))).isTrue();
    }
}
