package io.foundling.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Credentials;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Payload;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;

class GuardedHandlerTest {

    private final AtomicBoolean isAway = new AtomicBoolean(true);
    private final GuardedHandler handler = new GuardedHandler(request -> {
        if (isAway.get()) {
            throw new ConnectionException(new SQLException("connection refused"));
        }
        return Reply.text("here");
    });
    private final Request request = new Request(
            Operation.get(
                    "asked",
                    "/asked",
                    Role.READER,
                    "Answers",
                    List.of(),
                    Answer.json("It.", JsonNodeFactory.instance.objectNode()),
                    handler),
            Caller.LOCAL,
            "/asked",
            Instant.EPOCH,
            MediaTypes.JSON,
            Map.of(),
            Payload.NONE,
            Credentials.NONE);

    @Test
    void shouldLogTheFirstFailureAndThenHowManyThereWere() {
        try (LogLines log = new LogLines(GuardedHandler.class)) {
            // When
            failed();
            failed();
            failed();
            isAway.set(false);
            handler.reply(request);
            handler.reply(request);
            isAway.set(true);
            failed();

            // Then
            assertThat(log.all())
                    .containsExactly(
                            "a request was not answered", "requests are answered again", "a request was not answered");
            assertThat(log.values()).contains("3");
        }
    }

    private void failed() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> handler.reply(request))
                .satisfies(problem -> assertThat(problem.problem().status()).isEqualTo(503))
                .satisfies(problem -> assertThat(problem.headers()).containsEntry("Retry-After", "5"));
    }
}
