package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.SubjectKind;
import io.foundling.intake.EventRoom;
import io.foundling.intake.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What senders are answered. */
class LineageOperationsTest {

    private static final String ONE = "/api/v1/lineage";
    private static final String MANY = "/api/v1/lineage/batch";
    private static final String END = """
            {"eventType": "COMPLETE", "eventTime": "2026-01-05T12:00:00Z", "producer": "https://example.com/etl",
            "run": {"runId": "0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90"}, "job": {"namespace": "etl", "name": "load"}}
            """;

    private final LineageServer server = new LineageServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswerWhatAnEventBecame() {
        // When
        HttpResponse<String> answer = server.post(ONE, END);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/events"))
                .extracting(event ->
                        event.path("key").asText() + " " + event.path("fact").asText())
                .containsExactly(
                        "operation/etl/load/0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90 Completed",
                        "scope/etl/load/job Opened",
                        "scope/etl/load/job Completed");
        assertThat(server.sink().recorded())
                .extracting(event -> event.getEventId().toString())
                .containsExactlyElementsOf(json(answer).findValuesAsText("eventId"));
        assertThat(server.sink().recorded().get(0).getProducer().getInstance()).isEqualTo("token:etl");
    }

    @Test
    void shouldAskToComeBackWhenTheEventsOfOthersFillTheRoom() {
        HttpResponse<String> answer;
        try (EventRoom.Share others = server.room().share()) {
            others.atLeast(19_998);
            answer = server.post(ONE, END);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(server.sink().recorded()).isEmpty();
        assertThat(server.post(ONE, END).statusCode()).isEqualTo(200);
        assertThat(server.room().free()).isEqualTo(20_000);
    }

    @Test
    void shouldSayThatAnEventWithoutARunIsIgnored() {
        // When
        HttpResponse<String> answer = server.post(ONE, """
                {"eventTime": "2026-01-05T12:00:00Z", "producer": "https://example.com/etl",
                "job": {"namespace": "elsewhere", "name": "load"}}
                """);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"events\":[],\"ignored\":\"it is about a job or a dataset, and not about a run\"}");
        assertThat(server.sink().recorded()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrong() {
        // When
        HttpResponse<String> answer = server.post(ONE, END.replace("12:00:00Z", "noon"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(server.refused()).isEqualTo(1);
        assertThat(detail(answer))
                .isEqualTo(
                        "eventTime is '2026-01-05Tnoon', must be a time with an offset, such as 2026-01-05T12:00:00Z");
    }

    @Test
    void shouldRefuseSourcesThatTheCallerMayNotReport() {
        // When
        HttpResponse<String> ofRun = server.post(ONE, END.replace("\"etl\"", "\"other\""));
        HttpResponse<String> ofParent = server.post(ONE, END.replace("2a90\"}", """
                        2a90", "facets": {"parent": {"run": {"runId": "0192cb8f-31a8-7a2b-9e0d-000000000001"},
                        "job": {"namespace": "airflow", "name": "dag"}}}}"""));

        // Then
        assertThat(ofRun.statusCode()).isEqualTo(403);
        assertThat(detail(ofRun)).isEqualTo("the source 'other' is none of the sources of your credentials");
        assertThat(ofParent.statusCode()).isEqualTo(403);
        assertThat(detail(ofParent)).isEqualTo("the source 'airflow' is none of the sources of your credentials");
        assertThat(server.sink().recorded()).isEmpty();
    }

    @Test
    void shouldAskToRepeatWhatIsNotDurable() {
        // Given: half of what the event becomes
        server.sink()
                .answers(event -> event.getSubject().getKind() == SubjectKind.SCOPE
                        ? new Outcome.Unavailable("The broker does not answer")
                        : new Outcome.Accepted());

        // When
        HttpResponse<String> one = server.post(ONE, END);
        HttpResponse<String> many = server.post(MANY, "[" + END + "]");

        // Then
        for (HttpResponse<String> answer : List.of(one, many)) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        }
        assertThat(detail(one)).isEqualTo("The broker does not answer");
        assertThat(detail(many)).isEqualTo("1 of 1 events are not durable; repeat all of them; 0 were accepted");
        assertThat(json(many).path("failed_events").toString())
                .isEqualTo("[{\"index\":0,\"reason\":\"The broker does not answer\",\"retriable\":true}]");
    }

    @Test
    void shouldAskToRepeatWhatIsNotDurableAlsoIfOtherPartsAreRefused() {
        // Given
        server.sink()
                .answers(event -> event.getSubject().getKind() == SubjectKind.SCOPE
                        ? new Outcome.Unavailable("The broker does not answer")
                        : new Outcome.Refused("occurredAt is too early"));

        // When
        HttpResponse<String> one = server.post(ONE, END);
        HttpResponse<String> many = server.post(MANY, "[" + END + "]");

        // Then
        assertThat(one.statusCode()).isEqualTo(503);
        assertThat(many.statusCode()).isEqualTo(503);
        assertThat(json(many).at("/failed_events/0/retriable").asBoolean()).isTrue();
    }

    @Test
    void shouldSayWhyTheContractRefusesAnEvent() {
        server.sink().answers(event -> new Outcome.Refused("occurredAt is too early"));

        HttpResponse<String> answer = server.post(ONE, END);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(detail(answer)).isEqualTo("occurredAt is too early");
    }

    @Test
    void shouldTakeTheGoodEventsOfABatchAndNameTheOthers() {
        // When
        HttpResponse<String> answer = server.post(
                MANY,
                "[" + END + "," + END.replace("2a90", "") + ", {\"eventTime\": \"2026-01-05T12:00:00Z\","
                        + " \"producer\": \"p\", \"dataset\": {}}, 7, " + END.replace("\"etl\"", "\"other\"") + "]");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(detail(answer)).isEqualTo("3 of 5 events were refused, a repeat will be as well; 2 were accepted");
        JsonNode json = json(answer);
        assertThat(json.path("summary").toString()).isEqualTo("{\"received\":5,\"successful\":2,\"failed\":3}");
        assertThat(json.path("failed_events"))
                .extracting(failed -> failed.path("index").asInt() + " "
                        + failed.path("reason").asText())
                .containsExactly(
                        "1 run.runId is '0192cb8f-31a8-7a2b-9e0d-5f1c7e4b', must be a UUID such as"
                                + " 0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90",
                        "3 The event is not an object of JSON",
                        "4 the source 'other' is none of the sources of your credentials");
        assertThat(server.sink().recorded()).hasSize(3);
    }

    @Test
    void shouldAnswerABatchOfWhichAllIsTaken() {
        // When
        HttpResponse<String> one = server.post(MANY, "[" + END + "]");
        HttpResponse<String> none = server.post(MANY, "[]");

        // Then
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.body())
                .isEqualTo("{\"summary\":{\"received\":1,\"successful\":1,\"failed\":0},\"failed_events\":[]}");
        assertThat(none.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseABatchWithAnEventThatIsNone() {
        assertThat(server.post(MANY, "[" + END + ", {}]").statusCode()).isEqualTo(422);
        assertThat(server.sink().recorded()).hasSize(3);
    }

    @Test
    void shouldRefuseWhatIsNoJson() {
        HttpResponse<String> answer = server.post(ONE, "{\"eventType\": ");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(detail(answer)).startsWith("The body is not JSON: ");
    }

    @Test
    void shouldTakeAThousandEventsAndNotOneMore() {
        // When
        String thousand = String.join(",", Collections.nCopies(1_000, END));
        int whole = server.post(MANY, "[" + thousand + "]").statusCode();
        HttpResponse<String> tooMany = server.post(MANY, "[" + thousand + "," + END + "]");

        // Then
        assertThat(whole).isEqualTo(200);
        assertThat(tooMany.statusCode()).isEqualTo(413);
        assertThat(detail(tooMany)).isEqualTo("The list has more than 1000 events; send it in parts");
        assertThat(server.sink().recorded()).hasSize(3_000);
    }

    @Test
    void shouldSayWhichPathIsForOneAndWhichForMany() {
        assertThat(detail(server.post(ONE, "[]")))
                .isEqualTo("The body is a list; send several events to /api/v1/lineage/batch");
        assertThat(detail(server.post(MANY, END)))
                .isEqualTo("The body is not a list; send one event to /api/v1/lineage");
    }

    @Test
    void shouldRefuseABodyThatIsTooLong() {
        String long9MiB = END.replace("\"load\"", "\"load\", \"facets\": \"" + "x".repeat(9 << 20) + '"');

        assertThat(server.post(ONE, long9MiB).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldSkipWhatItDoesNotReadHoweverLong() {
        String column = "{\"name\": \"c\", \"type\": \"BIGINT\"},";
        String wide = END.replace(
                "\"load\"", "\"load\", \"facets\": {\"schema\": {\"fields\": [" + column.repeat(200_000) + "{}]}}");

        assertThat(server.post(ONE, wide).statusCode()).isEqualTo(200);
    }

    private static String withOutputs(int outputs) {
        return "{\"outputs\": [" + "{},".repeat(outputs - 1) + "{}]," + END.substring(1);
    }

    @Test
    void shouldRefuseAListWithMoreValuesThanMemoryIsFor() {
        // When
        String event = withOutputs(1_001);
        HttpResponse<String> some = server.post(MANY, "[" + String.join(",", Collections.nCopies(190, event)) + "]");
        HttpResponse<String> more = server.post(MANY, "[" + String.join(",", Collections.nCopies(1_000, event)) + "]");

        // Then
        assertThat(some.statusCode()).isEqualTo(200);
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(detail(more))
                .isEqualTo(
                        "The body has more than 200000 values that are read, must have fewer; send its events in parts,"
                                + " or with fewer outputs");
        assertThat(server.sink().recorded()).hasSize(3 * 190);
        assertThat(server.room().free()).isEqualTo(20_000);
    }

    @Test
    void shouldHoldRoomForTheValuesOfAnEventUntilItIsAnswered() {
        // Given
        List<Integer> free = Collections.synchronizedList(new ArrayList<>());
        server.sink().answers(event -> {
            free.add(server.room().free());
            return new Outcome.Accepted();
        });

        // When
        server.post(ONE, withOutputs(1_001));

        // Then: the outputs, their list, and what else is read of the event, 32 for one of the room
        assertThat(free).hasSize(3).containsOnly(20_000 - 1 - 1_011 / 32);
    }

    @Test
    void shouldAskToComeBackBeforeABodyIsParsedForWhichThereIsNoRoom() {
        try (EventRoom.Share others = server.room().share()) {
            others.atLeast(19_990);
            assertThat(server.post(MANY, "[".repeat(1_000)).statusCode()).isEqualTo(429);
        }
        assertThat(server.post(MANY, "[".repeat(1_000)).statusCode()).isEqualTo(400);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static String detail(HttpResponse<String> answer) {
        return json(answer).path("detail").asText();
    }
}
