package io.foundling.intake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Producer;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Retired;
import io.foundling.audit.Skipped;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.json.PlainJson;
import io.foundling.topology.ledger.SubjectRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");
    private static final UUID ID = UUID.fromString("01939d5a-0000-7000-8000-000000000001");
    private static final Producer KNOWN = new Producer("airflow", "intake-1", "unknown", 0L);
    private static final Origin ORIGIN = new Origin(Optional.of(ID), Optional.of(NOW), KNOWN);
    private static final Origin NOTHING = new Origin(Optional.empty(), Optional.empty(), KNOWN);
    private static final String SUBJECT =
            "'subject':{'kind':'RECORD','source':'university','stage':'declaration','id':'4711'}";

    private final EventReader reader = new EventReader();

    static Stream<SpecificRecord> bodies() {
        return Stream.of(
                new Declared(60_000L, Map.of("team", "finance")),
                new Expected(NOW, "batch/a/b/c", "nightly"),
                new Retired("gone"),
                new Opened(),
                new Deferred(NOW, "the bank"),
                new Deferred(null, null),
                new Pending(NOW, NOW, 5L, "before", "after", NOW, "job-1", 340L),
                new Extended(NOW, "the bank"),
                new Completed("hash", 5L, Map.of("rows", 17L)),
                new Failed("Timeout", "no answer", true, Map.of("rows", 1L)),
                new Skipped("empty"),
                new Cancelled("written off", "ann"),
                new Erased("asked for", "ann"),
                new Annotated(),
                new Reconciled(
                        CheckType.COUNT,
                        CheckStatus.PASSED,
                        LocalDate.of(2026, 11, 30),
                        1L,
                        2L,
                        3L,
                        null,
                        null,
                        List.of("one", "two")));
    }

    /** The console shows the form without the fact's name beside the body; tail adds it. */
    @ParameterizedTest
    @MethodSource("bodies")
    void shouldReadWhatIsShown(SpecificRecord body) {
        // Given
        AuditEvent event = AuditEvent.newBuilder()
                .setEventId(ID)
                .setSubject(new Subject(SubjectKind.RECORD, "university", "declaration", "4711"))
                .setParent(new Subject(SubjectKind.BATCH, "university", "run", "1"))
                .setAttempt(2)
                .setOccurredAt(NOW)
                .setDetail("2026-09")
                .setMetadata(Map.of("faculty", "law"))
                .setProducer(new Producer("declarations", "pod-1", "1.2", 3L))
                .setTraceparent("00-1-2-01")
                .setBody(body)
                .build();
        ObjectNode shown = PlainJson.of(event);
        shown.put("fact", body.getSchema().getName());

        // When
        AuditEvent read = reader.read(parse(shown.toString()), NOTHING);

        // Then
        assertThat(read).isEqualTo(event);
    }

    @Test
    void shouldKnowABodyForEachFactOfTheContract() {
        assertThat(bodies().map(body -> body.getSchema().getName()).distinct())
                .containsExactlyInAnyOrderElementsOf(reader.facts());
    }

    @Test
    void shouldTakeWhatIsMissingFromTheOrigin() {
        AuditEvent read = read("{" + SUBJECT + ",'fact':'Opened'}");
        assertThat(read.getEventId()).isEqualTo(ID);
        assertThat(read.getOccurredAt()).isEqualTo(NOW);
        assertThat(read.getProducer()).isEqualTo(KNOWN);
        assertThat(read.getMetadata()).isEmpty();
        assertThat(read.getParent()).isNull();
    }

    @Test
    void shouldTakeWhatAProducerLeavesOutFromTheOrigin() {
        assertThat(read("{" + SUBJECT + ",'fact':'Opened','producer':{'service':'etl'}}")
                        .getProducer())
                .isEqualTo(new Producer("etl", "intake-1", "unknown", 0L));
    }

    @Test
    void shouldReadTheNameOfTheFactWithinTheBody() {
        assertThat(read("{" + SUBJECT + ",'body':{'type':'Deferred','dueAt':1764504000123}}")
                        .getBody())
                .isEqualTo(new Deferred(Instant.ofEpochMilli(1_764_504_000_123L), null));
    }

    @Test
    void shouldReadTimesWithAnyOffsetAndCutWhatIsFinerThanAMillisecond() {
        assertThat(read("{" + SUBJECT + ",'fact':'Opened','occurredAt':'2026-11-30T13:00:00.123456+01:00'}")
                        .getOccurredAt())
                .isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{S} | fact is missing, must be one of Declared, ",
                "{S,'fact':'Defered'} | fact is 'Defered', must be one of Declared, ",
                "{S,'fact':7} | fact is '7', must be one of Declared, ",
                "{S,'fact':'Opened','body':{'type':'Deferred'}} | fact is 'Opened' and body.type is 'Deferred', must be the same",
                "{S,'fact':'Opened','x':1} | the field 'x' is unknown, must be one of eventId, subject, ",
                "{S,'fact':'Opened','occuredAt':1} | did you mean 'occurredAt'",
                "{S,'fact':'Opened','body':{'dueAt':1}} | the field 'body.dueAt' is unknown, there are none here",
                "{S,'fact':'Skipped'} | body.reason is missing",
                "{S,'fact':'Skipped','body':{'reason':null}} | body.reason is null, must be a text",
                "{S,'fact':'Skipped','body':{'reason':7}} | body.reason is '7', must be a text",
                "{S,'fact':'Opened','eventId':'1-1-1-1-1'} | eventId is '1-1-1-1-1', must be a UUID",
                "{S,'fact':'Opened','eventId':null} | eventId is null, must be a UUID",
                "{S,'fact':'Opened','occurredAt':'yesterday'} | occurredAt is 'yesterday', must be a time such as",
                "{S,'fact':'Opened','occurredAt':1.5} | occurredAt is '1.5', must be a time such as",
                "{S,'fact':'Opened','occurredAt':99999999999999999999} | occurredAt is '99999999999999999999', must be a time",
                "{S,'fact':'Opened','attempt':2147483648} | attempt is '2147483648', must be a whole number",
                "{S,'fact':'Opened','attempt':'1'} | attempt is '1', must be a whole number",
                "{S,'fact':'Opened','metadata':{'a':1}} | metadata value is '1', must be a text",
                "{S,'fact':'Opened','metadata':[]} | metadata is an array, must be an object of texts",
                "{S,'fact':'Completed','body':{'counts':{'a':'1'}}} | body.counts value is '1', must be a whole number",
                "{S,'fact':'Failed','body':{'errorType':'T','message':'m','retriable':'yes'}} | must be true or false",
                "{S,'fact':'Opened','parent':{'kind':'TABLE'}} | parent.kind is 'TABLE', must be one of RECORD, OPERATION, ",
                "{S,'fact':'Opened','parent':{'kind':'UNKNOWN'}} | parent.kind is 'UNKNOWN', must be one of RECORD",
                "{S,'fact':'Opened','parent':{'kind':'BATCH','stage':'b','id':'c'}} | parent.source is missing",
                "{S,'fact':'Opened','detail':'\\ud800'} | detail is a text with half of a surrogate pair",
                "{'fact':'Opened'} | subject is missing",
                "[] | the event is an array, must be an object",
                "7 | the event is '7', must be an object",
            })
    void shouldSayInOneSentenceWhatIsWrong(String json, String sentence) {
        assertThatThrownBy(() -> read(json.replace("S,", SUBJECT + ",").replace("S}", SUBJECT + "}")))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseASubjectThatTheLedgerDoesNotApply() {
        String at = "{'fact':'Opened','subject':{'kind':'RECORD','source':'s','stage':'t','id':'";
        String longest = "x".repeat(SubjectRules.MAX_KEY_BYTES - "record/s/t/".length());
        assertThat(read(at + longest + "'}}").getSubject().getId()).isEqualTo(longest);
        assertThatThrownBy(() -> read(at + longest + "x'}}"))
                .hasMessage("the subject key has 1025 bytes; expected at most 1024 (rule L2)");
    }

    @Test
    void shouldNeedWhatTheOriginDoesNotHave() {
        assertThatThrownBy(() -> reader.read(parse("{" + SUBJECT + ",'fact':'Opened'}"), NOTHING))
                .hasMessage("eventId is missing");
    }

    private AuditEvent read(String json) {
        return reader.read(parse(json), ORIGIN);
    }

    private static JsonNode parse(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return JsonText.one(bytes, 0, bytes.length);
    }
}
