package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTest {

    private static final String HEAD = """
            subject: {kind: RECORD, source: s, stage: t, id: {field: id}}
            parent: {kind: BATCH, source: s, stage: b, id: {field: batch}}
            time: {field: at}
            eventId: [id, what, at]
            attempt: {field: try}
            detail: {field: note}
            metadata:
              - {key: origin, value: {field: from}}
            facts:
              field: what
              otherwise: reject
              rules:
            """;

    @Test
    void shouldMapEveryStepOfTheExampleWhenItIsRead() throws Exception {
        // Given
        Mapping example = MappingReader.read(Path.of("../../deploy/examples/domestic-declarations.mapping.yaml"));

        // Then
        assertThat(body(example, "Declaration SAVED by EMPLOYEE")).isInstanceOf(Opened.class);
        assertThat(body(example, "Declaration SUBMITTED by EMPLOYEE")).isInstanceOf(Deferred.class);
        assertThat(body(example, "Declaration APPROVED by BUDGET OWNER")).isInstanceOf(Annotated.class);
        assertThat(body(example, "Payment Handled")).isInstanceOf(Completed.class);
        Instant time = Instant.parse("2017-01-09T08:49:50Z");
        Pending pending = (Pending) body(example, "Request Payment");
        assertThat(pending.getStartedAt()).isEqualTo(time);
        assertThat(pending.getCompletedAt()).isEqualTo(time);
        assertThat(pending.getDurationMs()).isZero();
        Failed failed = (Failed) body(example, "Declaration REJECTED by MISSING");
        assertThat(failed.getRetriable()).isFalse();
        assertThat(failed.getMessage()).isEqualTo("Declaration REJECTED by MISSING");
        AuditEvent approved = example.events(declaration("Declaration FINAL_APPROVED by SUPERVISOR"))
                .get(0);
        assertThat(approved.getMetadata()).containsExactly(Map.entry("SUPERVISOR", "2017-01-09T09:49:50.000+01:00"));
        assertThat(approved.getSubject())
                .isEqualTo(new Subject(SubjectKind.RECORD, "university", "declaration", "declaration 1"));
        assertThat(approved.getOccurredAt()).isEqualTo(time);
        assertThat(approved.getEventId())
                .isEqualTo(NameBasedId.of(
                        List.of("declaration 1", "st_step 7_0", "Declaration FINAL_APPROVED by SUPERVISOR")));
        assertThat(approved.getAttempt()).isNull();
        assertThat(approved.getParent()).isNull();
        assertThatThrownBy(() -> body(example, "Declaration LOST by POST"))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessageContaining("has 'Declaration LOST by POST' in field 'activity', which no rule matches");
    }

    @Test
    void shouldTakeTheFirstRuleThatMatches() throws Exception {
        // Given
        Mapping mapping = mapping("    - {when: [a, b*], body: Opened}", "    - {when: '*', body: Completed}");

        // Then
        assertThat(event(mapping, "what", "a").getBody()).isInstanceOf(Opened.class);
        assertThat(event(mapping, "what", "b2").getBody()).isInstanceOf(Opened.class);
        assertThat(event(mapping, "what", "a2").getBody()).isInstanceOf(Completed.class);
    }

    @Test
    void shouldTakeParentAttemptDetailAndMetadataWhenTheLineHasThem() throws Exception {
        // Given
        Mapping mapping = mapping("    - {when: a, body: Opened, metadata: [{key: {field: role}, value: 7}]}");

        // When
        AuditEvent full = event(mapping, "batch", "b 1", "try", "3", "note", "Monday", "from", "x", "role", "r");
        AuditEvent bare = event(mapping, "what", "a");

        // Then
        assertThat(full.getParent()).isEqualTo(new Subject(SubjectKind.BATCH, "s", "b", "b 1"));
        assertThat(full.getAttempt()).isEqualTo(3);
        assertThat(full.getDetail()).isEqualTo("Monday");
        assertThat(full.getMetadata()).containsOnly(Map.entry("origin", "x"), Map.entry("r", "7"));
        assertThat(bare.getParent()).isNull();
        assertThat(bare.getAttempt()).isNull();
        assertThat(bare.getDetail()).isNull();
        assertThat(bare.getMetadata()).isEmpty();
    }

    @Test
    void shouldFillFieldsOfEveryTypeWhenTheyAreNamed() throws Exception {
        // Given
        Mapping mapping = mapping(
                "    - when: a",
                "      body: Reconciled",
                "      fields: {checkType: COUNT, status: {field: result}, runDate: {field: day}, sourceRows: {field: n},",
                "               errors: [first, {field: absent}, {field: note}]}",
                "    - {when: d, body: Declared, fields: {maxAge: 86400000, labels: {team: x, none: {field: absent}}}}",
                "    - {when: p, body: Pending, fields: {startedAt: {field: began}, externalId: {field: ext}}}",
                "    - {when: c, body: Completed, fields: {counts: {rows: {field: n}}}}");

        // When
        Reconciled check =
                (Reconciled) event(mapping, "result", "PASSED", "day", "2026-02-03", "n", "12", "note", "second")
                        .getBody();
        Declared declared = (Declared) event(mapping, "what", "d").getBody();
        Pending pending = (Pending) event(mapping, "what", "p", "began", "2019-12-31T23:59:58Z", "ext", "E1")
                .getBody();
        Completed completed = (Completed) event(mapping, "what", "c", "n", "5").getBody();

        // Then
        assertThat(check.getCheckType()).isEqualTo(CheckType.COUNT);
        assertThat(check.getStatus()).isEqualTo(CheckStatus.PASSED);
        assertThat(check.getRunDate()).isEqualTo(LocalDate.of(2026, 2, 3));
        assertThat(check.getSourceRows()).isEqualTo(12);
        assertThat(check.getTargetRows()).isNull();
        assertThat(check.getErrors()).containsExactly("first", "second");
        assertThat(declared.getMaxAge()).isEqualTo(86_400_000);
        assertThat(declared.getLabels()).containsExactly(Map.entry("team", "x"));
        assertThat(pending.getCompletedAt()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(pending.getDurationMs()).isEqualTo(2_000);
        assertThat(pending.getExternalId()).isEqualTo("E1");
        assertThat(completed.getCounts()).containsExactly(Map.entry("rows", 5L));
    }

    @Test
    void shouldRejectTheLineWhenAFieldHasNoFittingValue() {
        // Given
        Mapping mapping = mapping(
                "    - {when: a, body: Completed, fields: {durationMs: {field: ms}}}",
                "    - {when: s, body: Skipped, fields: {reason: {field: why}}}");

        // Then
        assertRejected(mapping, "has for Completed.durationMs: 'soon' is no whole number", "ms", "soon");
        assertRejected(mapping, "has no value for Skipped.reason", "what", "s");
        assertRejected(mapping, "has 'one' as its attempt", "try", "one");
        assertRejected(mapping, "has '0' as its attempt", "try", "0");
        assertRejected(mapping, "has '-3' as its attempt", "try", "-3");
        assertRejected(mapping, "has in field 'at': 'yesterday' is no time of format 'iso'", "at", "yesterday");
        assertRejected(mapping, "has nothing in field 'what'", "what", "");
    }

    @Test
    void shouldKeepAnEmptyIdAndRejectALineWithoutTheField() throws Exception {
        // Given
        Mapping mapping = mapping("    - {when: a, body: Opened}");

        // Then
        assertThat(event(mapping, "id", "").getSubject().getId()).isEmpty();
        assertThatThrownBy(() -> mapping.events(MappedRecord.ofLine(
                        "{\"what\":\"a\",\"at\":\"2020-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8))))
                .hasMessage("has no field 'id'");
    }

    @Test
    void shouldLeaveOutWhatNoRuleMatchesWhenOtherwiseIsSkip() throws Exception {
        // Given
        Mapping mapping =
                MappingReader.read("test.yaml", HEAD.replace("reject", "skip") + "    - {when: b, body: Opened}\n");

        // When
        List<AuditEvent> events = mapping.events(line("what", "a"));

        // Then
        assertThat(events).isEmpty();
    }

    @Test
    void shouldGiveTheSameEventTwiceAndAnotherIdWhenANamedFieldDiffers() throws Exception {
        // Given
        Mapping mapping = mapping("    - {when: '*', body: Opened}");

        // Then
        assertThat(event(mapping, "id", "1")).isEqualTo(event(mapping, "id", "1"));
        assertThat(event(mapping, "id", "1").getEventId())
                .isEqualTo(event(mapping, "id", "1", "note", "other").getEventId())
                .isNotEqualTo(event(mapping, "id", "2").getEventId());
    }

    private static Mapping mapping(String... rules) {
        return MappingReader.read("test.yaml", HEAD + String.join("\n", List.of(rules)) + "\n");
    }

    private static void assertRejected(Mapping mapping, String reason, String... fields) {
        assertThatThrownBy(() -> event(mapping, fields))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static AuditEvent event(Mapping mapping, String... fields) throws RecordRejectedException {
        return mapping.events(line(fields)).get(0);
    }

    /** A line with id, what and at, and the given names and values in their place or beside them. */
    private static MappedRecord line(String... fields) throws RecordRejectedException {
        Map<String, String> values = new LinkedHashMap<>(Map.of("id", "1", "what", "a", "at", "2020-01-01T00:00:00Z"));
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], fields[i + 1]);
        }
        StringBuilder json = new StringBuilder("{");
        values.forEach((name, value) ->
                json.append(json.length() > 1 ? "," : "").append("\"%s\":\"%s\"".formatted(name, value)));
        return MappedRecord.ofLine(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Object body(Mapping mapping, String activity) throws IOException, RecordRejectedException {
        return mapping.events(declaration(activity)).get(0).getBody();
    }

    private static MappedRecord declaration(String activity) throws RecordRejectedException {
        return MappedRecord.ofLine("""
                {"case":"declaration 1","step":"st_step 7_0","activity":"%s","timestamp":"2017-01-09T09:49:50.000+01:00",\
                "role":"SUPERVISOR","amount":"26.85"}""".formatted(activity).getBytes(StandardCharsets.UTF_8));
    }
}
