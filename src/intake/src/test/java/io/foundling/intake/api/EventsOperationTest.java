package io.foundling.intake.api;

import static io.foundling.intake.api.IntakeRig.event;
import static io.foundling.intake.api.IntakeRig.parsed;
import static io.foundling.intake.api.IntakeRig.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.web.WebHarness;
import io.foundling.intake.EventRoom;
import io.foundling.intake.Outcome;
import io.foundling.intake.event.DerivedId;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsOperationTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
    private static final String ID = "01939d5a-0000-7000-8000-000000000001";
    private static final String AT = ",'occurredAt':'2026-11-30T11:00:00Z'";
    private static final Instant OCCURRED = Instant.parse("2026-11-30T11:00:00Z");

    private final IntakeRig rig = new IntakeRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldAcceptOneEvent() {
        HttpResponse<String> answer = rig.json(event("1", AT + ",'eventId':'" + ID + "'"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"results\":[{\"index\":0,\"status\":\"accepted\",\"eventId\":\"" + ID + "\"}]}");
        AuditEvent recorded = rig.recorded().get(0);
        assertThat(recorded.getOccurredAt()).isEqualTo(OCCURRED);
        assertThat(recorded.getProducer().getService()).isEqualTo("airflow");
        assertThat(recorded.getProducer().getInstance()).isEqualTo("intake-1");
    }

    /** The smallest event that there is. */
    @Test
    void shouldGiveAnEventAnIdAndATimeWhenNobodyCanRepeatIt() {
        assertThat(rig.json(event("1", "")).statusCode()).isEqualTo(200);
        assertThat(rig.json(event("1", "")).statusCode()).isEqualTo(200);
        assertThat(rig.recorded()).extracting(AuditEvent::getOccurredAt).containsOnly(WebHarness.NOW);
        assertThat(rig.recorded()).extracting(AuditEvent::getEventId).doesNotHaveDuplicates();
    }

    @Test
    void shouldDeriveTheSameIdsForARepeat() {
        String two = "[" + event("1", AT) + "," + event("2", AT) + "," + event("2", AT) + "]";
        rig.json(two, "Idempotency-Key", "run-7");
        rig.json(two, "Idempotency-Key", "run-7");
        List<UUID> ids = ids();
        assertThat(ids.subList(0, 3)).doesNotHaveDuplicates().isEqualTo(ids.subList(3, 6));
    }

    @Test
    void shouldDeriveOtherIdsForOtherEventsWithTheSameKey() {
        rig.json(event("1", AT), "Idempotency-Key", "run-7");
        rig.json(event("1", ",'occurredAt':'2026-11-30T11:00:01Z'"), "Idempotency-Key", "run-7");
        rig.json(event("2", AT), "Idempotency-Key", "run-7");
        rig.json(event("1", AT), "Idempotency-Key", "run-8");
        assertThat(ids()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepTheIdsOfThoseBehindAnEventThatARepeatLeavesOut() {
        rig.json("[" + event("1", AT + ",'attempt':'x'") + "," + event("2", AT) + "]", "Idempotency-Key", "run-7");
        rig.json("[" + event("2", AT) + "]", "Idempotency-Key", "run-7");
        assertThat(ids().get(0)).isEqualTo(ids().get(1));
    }

    private List<UUID> ids() {
        return rig.recorded().stream().map(AuditEvent::getEventId).toList();
    }

    @Test
    void shouldNeedATimeWhereAnEventMayBeRepeated() {
        HttpResponse<String> keyed = rig.json(event("1", ""), "Idempotency-Key", "run-7");
        HttpResponse<String> named = rig.json(event("1", ",'eventId':'" + ID + "'"));
        assertThat(keyed.statusCode()).isEqualTo(422);
        assertThat(results(keyed).at("/0/reason").asText()).isEqualTo("occurredAt is missing");
        assertThat(results(named).at("/0/reason").asText()).isEqualTo("occurredAt is missing");
        assertThat(rig.recorded()).isEmpty();
    }

    @Test
    void shouldPreferTheIdOfAnEventToItsKey() {
        rig.json(event("1", AT + ",'eventId':'" + ID + "'"), "Idempotency-Key", "run-7");
        assertThat(rig.recorded().get(0).getEventId()).hasToString(ID);
    }

    /** Before they are read: afterwards they would be in memory. */
    @Test
    void shouldAskCallersToComeBackWhenTheEventsOfOthersFillTheRoom() {
        HttpResponse<String> answer;
        try (EventRoom.Share others = rig.room().share()) {
            others.atLeast(IntakeRig.MOST_EVENTS - 2);
            answer = rig.json("[" + event("1", "") + "," + event("2", "") + "," + event("3", "") + "]");
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("none of this request was recorded, try again");
        assertThat(rig.recorded()).isEmpty();
        assertThat(rig.json(event("1", "")).statusCode()).isEqualTo(200);
        assertThat(rig.room().free()).isEqualTo(IntakeRig.MOST_EVENTS);
    }

    /** Lines that are no events are shorter than an event can be, and have results all the same. */
    @Test
    void shouldTakeRoomForEachOfManyShortLines() {
        HttpResponse<String> answer;
        try (EventRoom.Share others = rig.room().share()) {
            others.atLeast(IntakeRig.MOST_EVENTS - 50);
            answer = rig.post(NDJSON, "1\n".repeat(51));
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(rig.room().free()).isEqualTo(IntakeRig.MOST_EVENTS);
    }

    @Test
    void shouldAnswerEachOfManyAndRecordTheRest() {
        HttpResponse<String> answer =
                rig.json("[" + event("1", "") + "," + event("2", ",'attempt':'x'") + "," + event("3", "") + "]");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(parsed(answer).path("detail").asText())
                .isEqualTo("1 of 3 events were refused, a repeat will be as well; 2 were accepted");
        assertThat(results(answer).findValuesAsText("status")).containsExactly("accepted", "refused", "accepted");
        assertThat(results(answer).at("/1/reason").asText()).isEqualTo("attempt is 'x', must be a whole number");
        assertThat(rig.recorded())
                .extracting(event -> event.getSubject().getId())
                .containsExactly("1", "3");
        assertThat(rig.refused()).isEqualTo(1);
    }

    @Test
    void shouldReadLinesAndRefuseAloneWhatIsNoJson() {
        HttpResponse<String> answer = rig.post(NDJSON, event("1", "") + "\r\n\n{\n" + event("2", "") + "\n");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(results(answer).findValuesAsText("status")).containsExactly("accepted", "refused", "accepted");
        assertThat(results(answer).at("/1/reason").asText()).startsWith("This is not JSON");
    }

    @Test
    void shouldRecordNothingOfAnArrayThatIsNoJson() {
        HttpResponse<String> answer = rig.json("[" + event("1", "") + "," + event("2", ",'fact':'Opened'") + "]");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(rig.recorded()).isEmpty();
        assertThat(rig.json("[]").statusCode()).isEqualTo(400);
        assertThat(rig.post(NDJSON, "{\n[\n").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldReadCloudEvents() {
        String named = "{'specversion':'1.0','type':'any','source':'/jobs','id':'" + ID
                + "','time':'2026-11-30T11:00:00Z','data':" + event("1", "") + "}";
        String numbered = named.replace(ID, "17");
        assertThat(rig.post(CLOUD_EVENT, named).statusCode()).isEqualTo(200);
        assertThat(rig.post(CLOUD_EVENTS, "[" + numbered + "," + named + "]").statusCode())
                .isEqualTo(200);
        UUID derived = DerivedId.ofCloudEvent("/jobs", "17");
        assertThat(rig.recorded())
                .extracting(AuditEvent::getEventId)
                .containsExactly(UUID.fromString(ID), derived, UUID.fromString(ID));
        assertThat(rig.recorded()).extracting(AuditEvent::getOccurredAt).containsOnly(OCCURRED);
    }

    @Test
    void shouldReadACloudEventInBinaryMode() {
        String[] attributes = {"ce-specversion", "1.0", "ce-id", "17", "ce-source", "/jobs", "ce-type", "any"};
        assertThat(rig.json(event("1", AT), attributes).statusCode()).isEqualTo(200);
        assertThat(rig.recorded().get(0).getEventId()).isEqualTo(DerivedId.ofCloudEvent("/jobs", "17"));
        assertThat(rig.json(event("1", AT), "ce-id", "17").body()).contains("specversion is missing, must be 1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "50%25, 50%",
        "50%, 50%",
        "a%20%E2%82%AC%2525, a \u20ac%25",
        "%zz%2, %zz%2",
        "K%E4fer%25, K%E4fer%25",
        "$1%22%7F, $1\"\u007F",
        "a%2Fb%5C%41, a%2Fb%5C%41",
        "%252F, %2F"
    })
    void shouldDecodeTheAttributesOfACloudEventInBinaryMode(String header, String id) {
        rig.json(event("1", AT), "ce-specversion", "1.0", "ce-id", header, "ce-source", "/a%2Fjobs", "ce-type", "any");
        assertThat(rig.recorded().get(0).getEventId()).isEqualTo(DerivedId.ofCloudEvent("/a%2Fjobs", id));
    }

    @Test
    void shouldRefuseWhatIsNoCloudEvent() {
        String event = "{'specversion':'1.0','source':'/jobs','id':'17','data':" + event("1", "") + "}";
        assertThat(reason(event)).isEqualTo("occurredAt is missing");
        assertThat(reason(event.replace("'1.0'", "'0.3'"))).isEqualTo("specversion is '0.3', must be 1.0");
        assertThat(reason(event.replace("'id':'17',", ""))).isEqualTo("id of the CloudEvent is missing");
        assertThat(reason(event.replace("'17'", "17"))).isEqualTo("id is '17', must be a text");
        assertThat(reason("{'specversion':'1.0','source':'/jobs','id':'17'}"))
                .isEqualTo("data is missing, must be the audit event, an object");
        assertThat(reason("{'specversion':'1.0','source':'/jobs','id':'17','data_base64':''}"))
                .startsWith("data_base64 is there");
    }

    @Test
    void shouldAnswer503WhenAnEventIsNotKnownToBeDurable() {
        rig.answering(event -> event.getSubject().getId().equals("2")
                ? new Outcome.Unavailable("the broker is away")
                : new Outcome.Accepted());
        HttpResponse<String> answer =
                rig.json("[" + event("1", "") + "," + event("2", "") + "," + event("3", ",'x':1") + "]");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(results(answer).findValuesAsText("status")).containsExactly("accepted", "unavailable", "refused");
        assertThat(results(answer).at("/1/eventId").asText()).isNotEmpty();
    }

    @Test
    void shouldSayWhatTheRecorderRefuses() {
        rig.answering(event -> new Outcome.Refused("attempt is 0, must be 1 to 10000"));
        HttpResponse<String> answer = rig.json(event("1", ",'attempt':0"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(results(answer).at("/0/reason").asText()).isEqualTo("attempt is 0, must be 1 to 10000");
    }

    @Test
    void shouldRefuseSourcesThatTheCallerMayNotReport() {
        String other = event("1", "").replace("university", "other");
        HttpResponse<String> answer = rig.json("[" + other + "," + event("2", "") + "]");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(results(answer).at("/0/reason").asText())
                .isEqualTo("subject.source is 'other', which is none of the sources of your credentials");
        assertThat(rig.recorded()).hasSize(1);
        String parent = ",'parent':{'kind':'BATCH','source':'other','stage':'a','id':'b'}";
        assertThat(rig.json(event("3", parent)).statusCode()).isEqualTo(403);
        assertThat(rig.json(event("4", parent.replace("other", "bank"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldLetOnlyOperatorsErase() {
        String erased =
                event("1", ",'body':{'reason':'asked for','actor':'ann'}").replace("Opened", "Erased");
        HttpResponse<String> answer = rig.json(erased);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(results(answer).at("/0/reason").asText()).contains("needs the role operator");
        try (IntakeRig local = new IntakeRig(ignored -> Caller.LOCAL)) {
            assertThat(local.json(erased).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldNeedTheRoleOfTheIntake() {
        Caller reader = new Caller("token:ann", EnumSet.of(Role.READER), Optional.empty());
        try (IntakeRig other = new IntakeRig(ignored -> reader)) {
            HttpResponse<String> answer = other.json(event("1", ""));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("This needs the role intake");
            assertThat(other.recorded()).isEmpty();
        }
    }

    @Test
    void shouldNameTheMediaTypesThatItTakes() {
        HttpResponse<String> answer = rig.post("text/csv", "a,b");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body())
                .contains("must be one of application/json, application/x-ndjson, application/cloudevents+json");
    }

    private String reason(String cloudEvent) {
        return results(rig.post(CLOUD_EVENT, cloudEvent)).at("/0/reason").asText();
    }
}
