package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MappingReaderTest {

    private static final String VALID = """
            subject:
              kind: RECORD
              source: university
              stage: declaration
              id: {field: case}
            time:
              field: timestamp
            eventId: [case, step]
            facts:
              field: activity
              rules:
                - when: Paid
                  body: Completed
            """;

    @Test
    void shouldReadAMappingWhenItIsValid() {
        assertThat(read(VALID).facts().rules()).hasSize(1);
    }

    @Test
    void shouldNameKeyAndLineWhenAKeyIsUnknown() {
        assertRefused(VALID.replace("  stage:", "  stages: x\n  stage:"), "line 4: unknown key 'stages' in subject");
        assertRefused(VALID + "colour: red\n", "line 14: unknown key 'colour' in the document");
        assertRefused(
                VALID.replace("field: timestamp", "field: timestamp\n  forma: iso"), "line 8: unknown key 'forma'");
        assertRefused(VALID + "      fields: {count: 1}\n", "line 14: unknown key 'count' in facts.rules[0].fields");
        assertRefused(VALID.replace("{field: case}", "{feld: case}"), "line 5: unknown key 'feld' in subject.id");
    }

    @Test
    void shouldListAllProblemsInOrderOfLinesWhenThereAreSeveral() {
        // Given
        String broken = VALID.replace("RECORD", "RECROD")
                .replace("field: timestamp", "field: timestamp\n  format: QQQQQQ yyyy\n  zone: Mars/Olympus")
                .replace("eventId: [case, step]\n", "")
                .replace("body: Completed", "body: Complete");

        // When
        // Then
        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(InvalidMappingException.class)
                .hasMessageStartingWith("mapping test.yaml cannot be used:")
                .message()
                .containsSubsequence(
                        "line 1: the document needs a key 'eventId'",
                        "line 2: subject.kind is 'RECROD', must be one of [RECORD, OPERATION, BATCH, EXPORT, SCOPE]",
                        "line 8: time.format is 'QQQQQQ yyyy'",
                        "line 9: time.zone is 'Mars/Olympus'",
                        "line 14: facts.rules[0].body is 'Complete', must be one of Declared, Expected, Retired, Opened");
    }

    @Test
    void shouldRefuseWhenAKeyIsMissingEmptyOrGivenTwice() {
        assertRefused(VALID.replace("  source: university\n", ""), "line 2: subject needs a key 'source'");
        assertRefused(
                VALID.replace("university", ""), "line 3: subject.source is without a value, expected a single value");
        assertRefused(VALID + "eventId: case\n", "line 14: eventId is there twice, first in line 8; keep one of them");
        assertRefused(VALID.replace("[case, step]", "[]"), "line 8: eventId is empty, expected at least one value");
        assertRefused("", "line 1: is empty");
        assertRefused("just words", "line 1: the document is a single value, expected a mapping of keys to values");
        assertRefused("a: [", "line 1: is not valid YAML near column ");
    }

    @Test
    void shouldRefuseWhenABodyLacksAFieldOrAConstantIsOfTheWrongType() {
        // Given
        String failed = VALID.replace("Completed", "Failed")
                + "      fields: {errorType: REJECTED, retriable: perhaps, counts: {rows: many}}\n";

        // When
        // Then
        assertRefused(failed, "line 12: facts.rules[0].fields needs a key 'message', as every Failed");
        assertRefused(failed, "line 14: facts.rules[0].fields.retriable: 'perhaps' is neither true nor false");
        assertRefused(failed, "line 14: facts.rules[0].fields.counts.rows: 'many' is no whole number");
    }

    @Test
    void shouldRefuseWhenOtherwiseIsNeitherRejectNorSkip() {
        assertRefused(VALID + "  otherwise: ignore\n", "line 14: facts.otherwise is 'ignore', must be reject or skip");
    }

    @Test
    void shouldRefuseASourceThatIsNoneOrSeveral() {
        assertRefused(
                VALID.replace("{field: case}", "{plus: 1}"),
                "line 5: subject.id needs one of the keys field, element, header, key, firstOf, join, record");
        assertRefused(
                VALID.replace("{field: case}", "{field: case, header: id}"),
                "line 5: subject.id has field and header, keep one of them");
        assertRefused(
                VALID.replace("{field: case}", "{record: offset}"),
                "line 5: subject.id.record is 'offset', must be timestamp");
        assertRefused(
                VALID.replace("{field: case}", "{field: case, plus: few}"),
                "line 5: subject.id.plus is 'few', must be a whole number");
        assertRefused(VALID.replace("{field: case}", "{field: case, by: x}"), "line 5: unknown key 'by' in subject.id");
        assertRefused(
                VALID.replace("{field: case}", "{firstOf: []}"),
                "line 5: subject.id.firstOf is empty, expected at least one value");
        assertRefused(
                VALID.replace("{field: case}", "{firstOf: [{field: case, format: QQQQQQ}]}"),
                "line 5: subject.id.firstOf[0].format is 'QQQQQQ', must be iso, epoch");
        assertRefused(
                VALID.replace("field: timestamp", "field: timestamp\n  zone: Mars/Olympus"),
                "line 8: time.zone is 'Mars/Olympus', must be a zone such as Europe/Amsterdam");
        assertRefused(
                VALID.replace("time:\n  field: timestamp", "time: tomorrow"),
                "line 6: time: 'tomorrow' is no time of format 'iso'");
    }

    @Test
    void shouldRefuseAConditionThatCannotBeTried() {
        assertRefused(
                VALID.replace("when: Paid", "when: {field: a}"),
                "line 12: facts.rules[0].when needs one of the keys is, exists");
        assertRefused(
                VALID.replace("when: Paid", "when: {field: a, is: x, exists: true}"),
                "line 12: facts.rules[0].when needs one of the keys is, exists, not both");
        assertRefused(
                VALID.replace("when: Paid", "when: {field: a, exists: maybe}"),
                "line 12: facts.rules[0].when.exists is 'maybe', must be true or false");
        assertRefused(
                VALID.replace("when: Paid", "when: {all: [{field: a, is: x}], any: [{field: a, is: x}]}"),
                "line 12: facts.rules[0].when has all and any, keep one of them");
        assertRefused(
                VALID.replace("  field: activity\n", ""),
                "line 11: facts.rules[0].when has a text to compare with, but facts has no key 'field' to say what with");
        assertRefused(
                VALID.replace(
                        "- when: Paid\n      body: Completed", "- body: Completed\n    - {when: Paid, body: Opened}"),
                "line 12: facts.rules[0] has no key 'when', so that no rule after it would ever be applied");
    }

    @Test
    void shouldRefuseEventsBesideABodyOrWithoutOne() {
        assertRefused(
                VALID + "      events: [{body: Opened}]\n",
                "line 12: facts.rules[0] has body and events, keep one of them");
        assertRefused(
                VALID.replace("body: Completed", "events: [{when: x}]"),
                "line 13: facts.rules[0].events[0] needs a key 'body'");
        assertRefused(
                VALID.replace("body: Completed", "body: Completed\n      forEach: a"),
                "line 14: unknown key 'forEach' in facts.rules[0]");
    }

    @Test
    void shouldRefuseAnAttemptWhoseNextTryWouldHaveTheSameId() {
        // Given
        String numbered = VALID.replace("eventId", "attempt: {firstOf: [{field: /ctx/try, plus: 1}, 1]}\neventId");

        // Then
        assertRefused(
                numbered,
                "line 13: facts.rules[0] takes its attempt from field '/ctx/try', which its eventId lacks, so the next"
                        + " try would have the id of this one and be dropped as a duplicate; add it to eventId");
        assertRefused(numbered.replace("step]", "{header: /ctx/try}]"), "takes its attempt from field '/ctx/try'");
        assertRefused(numbered.replace("step]", "ctxt, /ctx/trying]"), "takes its attempt from field '/ctx/try'");
        assertRefused(
                numbered.replace("step]", "{field: at}]")
                        .replace("time:\n  field: timestamp", "time: 2026-01-05T12:00:00Z"),
                "takes its attempt from field '/ctx/try'");
    }

    @Test
    void shouldTakeAnAttemptThatTheIdFollows() {
        // Given
        String numbered = VALID.replace("eventId", "attempt: {field: /ctx/try, plus: 1}\neventId");

        // Then
        for (String id : List.of("step, /ctx/try", "ctx", "{join: [x, {field: /ctx/try}]}", "timestamp")) {
            assertThat(read(numbered.replace("step", id)).facts().rules())
                    .as(id)
                    .hasSize(1);
        }
        assertThat(read(numbered.replace("body: Completed", "events: [{body: Completed}]"))
                        .facts()
                        .rules())
                .hasSize(1);
        assertThat(read(numbered.replace("{field: /ctx/try, plus: 1}", "1"))
                        .facts()
                        .rules())
                .hasSize(1);
    }

    @Test
    void shouldNeedTheKeysOfTheDocumentOnlyWhereARuleLacksThem() {
        // Given
        String without = VALID.replace("eventId: [case, step]\n", "").replace("time:\n  field: timestamp\n", "");

        // Then
        assertThat(read(without + "      eventId: [case]\n      time: {record: timestamp}\n")
                        .facts()
                        .rules())
                .hasSize(1);
        assertRefused(without + "      eventId: [case]\n", "line 1: the document needs a key 'time'");
    }

    private static void assertRefused(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidMappingException.class)
                .hasMessageContaining(problem);
    }

    private static Mapping read(String yaml) {
        return MappingReader.read("test.yaml", yaml);
    }
}
