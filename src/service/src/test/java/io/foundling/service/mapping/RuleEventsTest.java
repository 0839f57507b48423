package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Which rule is applied, and which events it makes. */
class RuleEventsTest {

    private static final String HEAD = """
            subject: {kind: BATCH, source: s, stage: order, id: {field: id}}
            parent: {kind: SCOPE, source: s, stage: shop, id: x}
            attempt: 3
            time: 2026-01-05T12:00:00Z
            eventId: [id]
            metadata: [{key: all, value: 1}]
            facts:
            """;

    private static final String LINES = HEAD + """
              rules:
                - metadata: [{key: rule, value: 2}]
                  events:
                    - body: Pending
                      metadata: [{key: event, value: 3}]
                    - forEach: /payload/lines
                      when: {element: gone, exists: false}
                      subject: {kind: RECORD, source: s, stage: line, id: {join: [{field: id}, {element: no}]}}
                      parent: {kind: BATCH, source: s, stage: order, id: {field: id}}
                      body: Deferred
                      fields: {waitingOn: {element: sku}}
            """;

    @Test
    void shouldApplyTheFirstRuleWhoseConditionHolds() throws RecordRejectedException {
        // Given
        String rules = HEAD + """
                  rules:
                    - {when: {field: code, is: [2*, 304]}, body: Completed}
                    - {when: {all: [{field: code, is: 5*}, {field: error, exists: true}]}, body: Annotated}
                    - {when: {any: [{field: error, exists: true}, {field: state, is: queued}]}, body: Deferred}
                    - {when: {field: state, exists: false}, body: Opened}
                    - {when: {field: state, is: ignored}, events: []}
                """;

        // Then
        assertThat(bodies(rules, "{\"id\":1,\"code\":204}")).containsExactly("Completed");
        assertThat(bodies(rules, "{\"id\":1,\"code\":304}")).containsExactly("Completed");
        assertThat(bodies(rules, "{\"id\":1,\"code\":500,\"error\":{}}")).containsExactly("Annotated");
        assertThat(bodies(rules, "{\"id\":1,\"code\":400,\"error\":{}}")).containsExactly("Deferred");
        assertThat(bodies(rules, "{\"id\":1,\"state\":\"queued\"}")).containsExactly("Deferred");
        assertThat(bodies(rules, "{\"id\":1,\"code\":500,\"error\":null}")).containsExactly("Opened");
        assertThat(bodies(rules, "{\"id\":1,\"state\":\"\"}")).containsExactly("Opened");
        assertThat(bodies(rules, "{\"id\":1,\"state\":\"ignored\"}")).isEmpty();
        assertThatThrownBy(() -> bodies(rules, "{\"id\":1,\"state\":\"new\"}"))
                .hasMessage("fits no rule; add one, or set facts.otherwise to skip");
        assertThat(bodies(rules + "  otherwise: skip\n", "{\"id\":1,\"state\":\"new\"}"))
                .isEmpty();
    }

    @Test
    void shouldCompareTextsWithTheFieldOfTheFactsBesideConditions() throws RecordRejectedException {
        // Given
        String rules = HEAD + """
                  field: state
                  rules:
                    - {when: {field: method, exists: true}, body: Pending}
                    - {when: done, body: Completed}
                """;

        // Then
        assertThat(bodies(rules, "{\"id\":1,\"method\":\"POST\"}")).containsExactly("Pending");
        assertThat(bodies(rules, "{\"id\":1,\"state\":\"done\"}")).containsExactly("Completed");
        assertThatThrownBy(() -> bodies(rules, "{\"id\":1}")).hasMessage("has no field 'state'");
        assertThatThrownBy(() -> bodies(rules + "  otherwise: skip\n", "{\"id\":1}"))
                .hasMessage("has no field 'state'");
    }

    @Test
    void shouldMakeAnEventForEachElementWhenARuleSaysSo() throws RecordRejectedException {
        // When
        List<AuditEvent> events = events(
                LINES,
                "{\"id\":7,\"payload\":\"{\\\"lines\\\":[{\\\"no\\\":1,\\\"sku\\\":\\\"tea\\\"},{\\\"no\\\":2,\\\"gone\\\":true},"
                        + "{\\\"no\\\":3}]}\"}");

        // Then
        assertThat(events)
                .extracting(event -> SubjectKey.of(event.getSubject()))
                .containsExactly("batch/s/order/7", "record/s/line/7%2F1", "record/s/line/7%2F3");
        assertThat(events.get(0).getMetadata()).containsOnlyKeys("all", "rule", "event");
        assertThat(events.get(1).getMetadata()).containsOnlyKeys("all", "rule");
        assertThat(events).extracting(event -> event.getParent().getStage()).containsExactly("shop", "order", "order");
        // Parent and attempt belong to their subject: another one takes neither.
        assertThat(events).extracting(AuditEvent::getAttempt).containsExactly(3, null, null);
        // Never to be changed: events that were sent before would no longer be recognised.
        assertThat(events)
                .extracting(AuditEvent::getEventId)
                .containsExactly(
                        NameBasedId.of(List.of("7", "BATCH", "s", "order", "7", "3", "Pending")),
                        NameBasedId.of(List.of("7", "RECORD", "s", "line", "7/1", "", "Deferred")),
                        NameBasedId.of(List.of("7", "RECORD", "s", "line", "7/3", "", "Deferred")));
    }

    @Test
    void shouldTakeNoElementsForNothingAndRejectWhatIsNoList() throws RecordRejectedException {
        assertThat(events(LINES, "{\"id\":7}")).hasSize(1);
        assertThat(events(LINES, "{\"id\":7,\"payload\":{\"lines\":null}}")).hasSize(1);
        assertThat(events(LINES, "{\"id\":7,\"payload\":{\"lines\":[]}}")).hasSize(1);
        assertThat(events(LINES, "{\"id\":7,\"payload\":{\"lines\":\"[{\\\"no\\\":1}]\"}}"))
                .hasSize(2);
        assertThatThrownBy(() -> events(LINES, "{\"id\":7,\"payload\":{\"lines\":{\"no\":1}}}"))
                .hasMessage("has no list in field '/payload/lines'");
        assertThatThrownBy(() -> events(LINES, "{\"id\":7,\"payload\":{\"lines\":\"none\"}}"))
                .hasMessage("has no list in field '/payload/lines'");
    }

    @Test
    void shouldGiveTheSameIdsAgainWhenEventsAreReordered() throws RecordRejectedException {
        // Given
        String two = HEAD + "  rules: [{events: [{body: Opened}, {body: Completed}]}]\n";
        String reordered = HEAD + "  rules: [{events: [{body: Completed}, {body: Opened}]}]\n";

        // Then
        assertThat(events(two, "{\"id\":1}"))
                .extracting(AuditEvent::getEventId)
                .containsExactlyInAnyOrderElementsOf(events(reordered, "{\"id\":1}").stream()
                        .map(AuditEvent::getEventId)
                        .toList());
    }

    @Test
    void shouldRejectARecordWhoseEventsHaveOneId() {
        // Given
        String elements = HEAD + "  rules: [{events: [{forEach: list, body: Opened}]}]\n";

        // Then
        assertThatThrownBy(() -> events(elements, "{\"id\":1,\"list\":[1,2]}"))
                .hasMessage("gives two events one id; add what distinguishes them to eventId");
    }

    @Test
    void shouldRejectARecordThatGivesTooManyEvents() throws RecordRejectedException {
        // Given
        String elements = HEAD + "  rules: [{events: [{forEach: list, eventId: [{element: .}], body: Opened}]}]\n";

        // Then
        assertThat(events(elements, list(50_000))).hasSize(50_000);
        assertThatThrownBy(() -> events(elements, list(50_001))).hasMessage("gives more than 50000 events; split it");
    }

    @Test
    void shouldDistinguishElementsByTheIdThatARuleGives() throws RecordRejectedException {
        assertThat(events(
                        HEAD + "  rules: [{events: [{forEach: list, eventId: [{element: .}], body: Opened}]}]\n",
                        "{\"id\":1,\"list\":[1,2]}"))
                .hasSize(2);
    }

    @Test
    void shouldNameTheRuleThatRejectsARecord() {
        // Given
        String rules = HEAD + """
                  field: what
                  rules:
                    - {when: a, body: Opened}
                    - {when: b, body: Skipped, fields: {reason: {field: why}}}
                    - when: c
                      events: [{body: Opened}, {body: Skipped, fields: {reason: {field: why}}}]
                """;

        // Then
        assertRejectedBy(rules, "{\"id\":1,\"what\":\"b\"}", "has no value for Skipped.reason (rule facts.rules[1])");
        assertRejectedBy(
                rules, "{\"id\":1,\"what\":\"c\"}", "has no value for Skipped.reason (rule facts.rules[2].events[1])");
        assertRejectedBy(
                rules,
                "{\"id\":1,\"what\":\"d\"}",
                "has 'd' in field 'what', which no rule matches; add one, or set facts.otherwise to skip");
    }

    private static void assertRejectedBy(String mapping, String json, String sentence) {
        assertThatThrownBy(() -> events(mapping, json))
                .isInstanceOfSatisfying(
                        RecordRejectedException.class,
                        rejected -> assertThat(rejected.sentence()).isEqualTo(sentence));
    }

    private static String list(int size) {
        return IntStream.range(0, size)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(",", "{\"id\":1,\"list\":[", "]}"));
    }

    private static List<String> bodies(String mapping, String json) throws RecordRejectedException {
        return events(mapping, json).stream()
                .map(event -> ((SpecificRecord) event.getBody()).getSchema().getName())
                .toList();
    }

    private static List<AuditEvent> events(String mapping, String json) throws RecordRejectedException {
        return MappingReader.read("test.yaml", mapping)
                .events(MappedRecord.ofLine(json.getBytes(StandardCharsets.UTF_8)));
    }
}
