package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the texts of an event come from. */
class SourcesTest {

    private static final Instant STAMPED = Instant.parse("2026-01-31T12:00:00.5Z");

    private static final String PLAIN = """
            subject: {kind: RECORD, source: s, stage: t, id: {field: id}}
            time: {field: at}
            eventId: [id]
            facts: {rules: [{body: Opened}]}
            """;

    @Test
    void shouldTakeTheFirstSourceThatHasAText() throws RecordRejectedException {
        // Given
        String mapping = PLAIN.replace("{field: id}", "{firstOf: [{field: id}, {header: batch}, {key: .}, nobody]}")
                .replace("eventId: [id]", "eventId: [at]");

        // Then
        assertThat(event(mapping, "{%s,\"id\":\"i\"}").getSubject().getId()).isEqualTo("i");
        assertThat(event(mapping, "{%s,\"id\":null}").getSubject().getId()).isEqualTo("b1");
        assertThat(event(mapping, "{%s,\"id\":\"\"}").getSubject().getId()).isEqualTo("b1");
        assertThat(event(mapping.replace("batch", "other"), "{%s}").getSubject().getId())
                .isEqualTo("k1");
        assertThat(event(mapping.replace("batch", "other").replace("{key: .}", "{key: /id}"), "{%s}")
                        .getSubject()
                        .getId())
                .isEqualTo("nobody");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            4711             | 4711
            "4711"           | 4711
            "say \\"hi\\""   | say "hi"
            "4711            | "4711
            "47" 11          | "47" 11
            {"id":"4711"}    | {"id":"4711"}
            {"schema":{"type":"string","optional":false},"payload":"4711"} | 4711
            {"schema":{"type":"int64"},"payload":4711} | 4711
            {"schema":"x","payload":"4711"} | {"schema":"x","payload":"4711"}
            """, delimiter = '|')
    void shouldTakeTheTextOfAKeyThatAConverterHasWritten(String key, String id) throws RecordRejectedException {
        String mapping = PLAIN.replace("{field: id}", "{key: .}").replace("eventId: [id]", "eventId: [at]");
        assertThat(event(mapping, key, "{%s}").getSubject().getId()).isEqualTo(id);
    }

    @Test
    void shouldNameAllSourcesWhenNoneHasAText() {
        assertRejected(
                PLAIN.replace("{field: id}", "{firstOf: [{field: uuid}, {header: id}]}"),
                "{%s,\"id\":1}",
                "has no field 'uuid', no header 'id'");
    }

    @Test
    void shouldTakeTheTimeFromTheRecordTheMappingOrAFieldInAFormatOfItsOwn() throws RecordRejectedException {
        // Given
        String mixed = PLAIN.replace(
                "{field: at}",
                "{firstOf: [{field: ended, format: epoch-seconds}, {field: began, format: dd.MM.yyyy HH:mm, zone: UTC},"
                        + " {record: timestamp}], format: epoch-millis}");

        // Then
        assertThat(time(mixed, "{\"id\":1,\"ended\":1767614400}")).isEqualTo("2026-01-05T12:00:00Z");
        assertThat(time(mixed, "{\"id\":1,\"began\":\"05.01.2026 12:30\"}")).isEqualTo("2026-01-05T12:30:00Z");
        assertThat(time(mixed, "{\"id\":1}")).isEqualTo(STAMPED);
        assertThat(time(PLAIN.replace("{field: at}", "2026-02-01T00:00:00Z"), "{\"id\":1}"))
                .isEqualTo("2026-02-01T00:00:00Z");
        assertRejected(mixed, "{\"id\":1,\"ended\":\"soon\"}", "has in field 'ended': 'soon' is no time of format");
    }

    @Test
    void shouldSayHowALineGetsATimestampWhenItHasNone() {
        assertThatThrownBy(() -> MappingReader.read("test.yaml", PLAIN.replace("{field: at}", "{record: timestamp}"))
                        .events(MappedRecord.ofLine("{\"id\":1}".getBytes(StandardCharsets.UTF_8))))
                .hasMessage("has no timestamp, which lines of a file have only by the option --timestamp");
    }

    @Test
    void shouldJoinTextsAndHaveNoneWhenAPartIsMissing() throws RecordRejectedException {
        // Given
        String mapping = PLAIN.replace("{field: id}", "{join: [{field: dag}, {field: run}, x]}");
        String dotted = mapping.replace("run}, x]", "run}], by: .");

        // Then
        assertThat(event(mapping, "{%s,\"id\":1,\"dag\":\"d\",\"run\":2}")
                        .getSubject()
                        .getId())
                .isEqualTo("d/2/x");
        assertThat(event(dotted, "{%s,\"id\":1,\"dag\":\"d\",\"run\":2}")
                        .getSubject()
                        .getId())
                .isEqualTo("d.2");
        assertThat(event(dotted, "{%s,\"id\":1,\"dag\":\"d\",\"run\":null}")
                        .getSubject()
                        .getId())
                .isEmpty();
        assertRejected(mapping, "{%s,\"id\":1,\"dag\":\"d\"}", "has no field 'dag' and field 'run'");
    }

    @Test
    void shouldCountRetriesFromWhereTheSystemCountsThem() throws RecordRejectedException {
        // Given
        String mapping = PLAIN.replace("[id]", "[id, at]") + "attempt: {firstOf: [{field: retries, plus: 2}, 1]}\n";

        // Then
        assertThat(event(mapping, "{%s,\"id\":1}").getAttempt()).isEqualTo(1);
        assertThat(event(mapping, "{%s,\"id\":1,\"retries\":0}").getAttempt()).isEqualTo(2);
        assertRejected(
                mapping, "{%s,\"id\":1,\"retries\":\"few\"}", "has in field 'retries': 'few' is no whole number");
        assertRejected(mapping, "{%s,\"id\":1,\"retries\":9223372036854775807}", "is too large");
    }

    @Test
    void shouldTakeKindAndParentFromFields() throws RecordRejectedException {
        // Given
        String mapping = PLAIN.replace("kind: RECORD", "kind: {field: kind}")
                + "parent: {kind: {field: in}, source: {header: batch}, stage: {key: .}, id: {field: group}}\n";

        // Then
        assertThat(event(mapping, "{%s,\"id\":1,\"kind\":\"export\",\"in\":\"BATCH\",\"group\":7}"))
                .satisfies(event -> {
                    assertThat(event.getSubject()).isEqualTo(new Subject(SubjectKind.EXPORT, "s", "t", "1"));
                    assertThat(event.getParent()).isEqualTo(new Subject(SubjectKind.BATCH, "b1", "k1", "7"));
                });
        assertRejected(
                mapping,
                "{%s,\"id\":1,\"kind\":\"job\"}",
                "has as its subject's kind 'job', must be one of [RECORD, OPERATION, BATCH, EXPORT, SCOPE]");
        assertRejected(mapping, "{%s,\"id\":1}", "gives its subject no kind");
    }

    @Test
    void shouldReadTimesOfTheBodyAsTheTimeOfTheEvent() throws RecordRejectedException {
        // Given
        String mapping = PLAIN.replace("{field: at}", "{field: at, format: epoch}")
                .replace(
                        "{body: Opened}",
                        "{body: Pending, fields: {dueAt: {field: due}, startedAt: {record: timestamp}}}");

        // When
        Pending pending = (Pending) event(mapping, "{\"at\":1767614400,\"id\":1,\"due\":1767614460}")
                .getBody();

        // Then
        assertThat(pending.getDueAt()).isEqualTo("2026-01-05T12:01:00Z");
        assertThat(pending.getStartedAt()).isEqualTo(STAMPED);
    }

    @Test
    void shouldTakeWhatARuleLeavesOutFromTheDocument() throws RecordRejectedException {
        // Given
        String mapping = """
                subject: {kind: RECORD, source: s, stage: t, id: {field: id}}
                parent: {kind: BATCH, source: s, stage: b, id: {header: batch}}
                attempt: {field: try}
                time: {field: at, format: dd.MM.yyyy HH:mm, zone: Europe/Amsterdam}
                eventId: [id, try]
                detail: all
                facts:
                  rules:
                    - {when: {field: a, exists: true}, time: {field: began}, attempt: 2, body: Opened}
                    - {when: {field: b, exists: true}, time: {field: began, zone: UTC}, detail: one, body: Opened}
                    - when: {field: c, exists: true}
                      subject: {kind: SCOPE, source: s, stage: u, id: x}
                      eventId: [c]
                      body: Opened
                    - {body: Opened}
                """;
        String rest = ",\"id\":1,\"try\":1,\"at\":\"05.01.2026 12:00\",\"began\":\"05.01.2026 11:00\"}";

        // When
        AuditEvent first = event(mapping, "{\"a\":1" + rest);
        AuditEvent second = event(mapping, "{\"b\":1" + rest);
        AuditEvent third = event(mapping, "{\"c\":5" + rest);
        AuditEvent last = event(mapping, "{\"d\":1" + rest);

        // Then
        assertThat(first.getOccurredAt()).isEqualTo("2026-01-05T10:00:00Z");
        assertThat(first.getAttempt()).isEqualTo(2);
        assertThat(first.getParent()).isEqualTo(last.getParent()).isNotNull();
        assertThat(first.getDetail()).isEqualTo("all");
        assertThat(second.getOccurredAt()).isEqualTo("2026-01-05T11:00:00Z");
        assertThat(second.getDetail()).isEqualTo("one");
        assertThat(third.getOccurredAt()).isEqualTo("2026-01-05T11:00:00Z").isEqualTo(last.getOccurredAt());
        assertThat(third.getParent()).isNull();
        assertThat(third.getAttempt()).isNull();
        assertThat(third.getEventId()).isNotEqualTo(last.getEventId());
    }

    @Test
    void shouldIdentifyAnEventByAnySource() throws RecordRejectedException {
        // Given
        String byHeader = PLAIN.replace("eventId: [id]", "eventId: [id, {header: batch}]");

        // Then
        assertThat(event(byHeader, "{%s,\"id\":1}").getEventId())
                .isEqualTo(NameBasedId.of(List.of("1", "b1")))
                .isNotEqualTo(event(PLAIN, "{%s,\"id\":1}").getEventId());
        assertRejected(byHeader.replace("batch", "other"), "{%s,\"id\":1}", "has no header 'other'");
    }

    private static Instant time(String mapping, String json) throws RecordRejectedException {
        return event(mapping, json).getOccurredAt();
    }

    private static void assertRejected(String mapping, String json, String reason) {
        assertThatThrownBy(() -> event(mapping, json))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static AuditEvent event(String mapping, String json) throws RecordRejectedException {
        return event(mapping, "k1", json);
    }

    private static AuditEvent event(String mapping, String key, String json) throws RecordRejectedException {
        String value = json.replace("%s", "\"at\":\"2020-01-01T00:00:00Z\"");
        MappedRecord record = new MappedRecord(
                MappedRecord.object(value.getBytes(StandardCharsets.UTF_8)),
                Optional.of(key),
                Optional.of(STAMPED),
                Map.of("batch", "b1"));
        return MappingReader.read("test.yaml", mapping).events(record).get(0);
    }
}
