package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foundling.console.access.Access;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.web.Answer;
import io.foundling.console.web.CallLimits;
import io.foundling.console.web.Credentials;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Payload;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LiveUpdatesTest {

    private static final String LIVE = "text/event-stream";

    private final AtomicBoolean isAway = new AtomicBoolean();
    private final Operation live = live();

    @Test
    void shouldRefuseOneMoreThanThereArePlacesUntilOneEnds() {
        // Given
        Reply first = ask();

        // When
        Reply refused = ask();
        write(first);
        Reply again = ask();

        // Then
        assertThat(first.mediaType()).isEqualTo(LIVE);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("Retry-After", "15");
        assertThat(again.mediaType()).isEqualTo(LIVE);
    }

    /** HEAD has no content. */
    @Test
    void shouldGiveThePlaceBackWhenNobodyWantsTheContent() {
        // When
        ((Reply.Stream) ask().content()).skipped();

        // Then
        assertThat(ask().mediaType()).isEqualTo(LIVE);
    }

    @Test
    void shouldRefuseWhileTheDatabaseIsAwayAndKeepThePlace() {
        // When
        isAway.set(true);
        Reply refused = ask();
        isAway.set(false);

        // Then
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("Retry-After", "5");
        assertThat(ask().mediaType()).isEqualTo(LIVE);
    }

    private Reply ask() {
        return live.handler()
                .reply(new Request(
                        live, Caller.LOCAL, "/live", Instant.EPOCH, LIVE, Map.of(), Payload.NONE, Credentials.NONE));
    }

    private static void write(Reply reply) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ((Reply.Stream) reply.content()).writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("retry: ");
    }

    /** One place, and connections that end at once. */
    private Operation live() {
        ApiCalls api = new ApiCalls(List.of(topics(), none("bulkActs"), none("policyTests")));
        SessionKey key = SessionKey.random();
        SessionCookie cookie = new SessionCookie(new PagesSettings(() -> key, Duration.ofHours(1), false));
        PageOperations pages = new PageOperations(
                new Visitors(Access.local(), cookie, api), CallLimits.NONE, api, new Assets(), new Html());
        return new LiveUpdates(api, InstantSource.system(), 1, Duration.ofMillis(1), Duration.ZERO).operation(pages);
    }

    /** What the caller may not ask for. */
    private static Operation none(String id) {
        return Operation.get(
                id,
                "/" + id,
                Role.READER,
                "What the caller does",
                List.of(),
                Answer.json("None.", JsonNodeFactory.instance.objectNode()),
                request -> {
                    throw ProblemException.of(403, "There is nothing of this kind");
                });
    }

    private Operation topics() {
        return Operation.get(
                "topics",
                "/topics",
                Role.READER,
                "How far the topics were read",
                List.of(),
                Answer.json("It.", JsonNodeFactory.instance.objectNode()),
                request -> {
                    if (isAway.get()) {
                        throw ProblemException.of(503, "The database does not answer")
                                .header("Retry-After", "5");
                    }
                    return Reply.json(JsonNodeFactory.instance.objectNode());
                });
    }
}
