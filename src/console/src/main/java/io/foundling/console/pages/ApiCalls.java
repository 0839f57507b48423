package io.foundling.console.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.console.access.Caller;
import io.foundling.console.web.InnerCall;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the operations of the API in this process, so that their limits and masks are those of pages. Any thread. */
final class ApiCalls {

    private final Map<String, Operation> operations;
    private final ObjectMapper mapper = new ObjectMapper();

    ApiCalls(List<Operation> operations) {
        this.operations = operations.stream().collect(Collectors.toMap(Operation::id, Function.identity()));
    }

    Optional<Operation> find(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    Operation operation(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("the API has no operation " + id));
    }

    /** @throws io.foundling.console.web.ProblemException if the API would answer with one */
    JsonNode json(String id, Caller caller, Instant now, Map<String, String> path, Map<String, List<String>> query) {
        return json(id, InnerCall.reply(operation(id), caller, now, MediaTypes.JSON, path, query));
    }

    /**
     * Has an operation do something.
     *
     * @throws io.foundling.console.web.ProblemException if the API would answer with one
     */
    JsonNode post(String id, Caller caller, Instant now, Map<String, String> path, JsonNode body) {
        return json(id, InnerCall.reply(operation(id), caller, now, path, Map.of(), bytes(body.toString())));
    }

    /**
     * Has an operation without parameters in its path read a text.
     *
     * @throws io.foundling.console.web.ProblemException if the API would answer with one
     */
    JsonNode post(String id, Caller caller, Instant now, Map<String, List<String>> query, String body) {
        return json(id, InnerCall.reply(operation(id), caller, now, Map.of(), query, bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether an operation without parameters answers this caller. */
    boolean answers(String id, Caller caller, Instant now) {
        try {
            json(id, caller, now, Map.of(), Map.of());
            return true;
        } catch (ProblemException refused) {
            return false;
        }
    }

    private JsonNode json(String id, Reply reply) {
        if (!(reply.content() instanceof Reply.Whole whole)) {
            throw new IllegalStateException("the operation " + id + " answers no whole JSON");
        }
        try {
            return mapper.readTree(whole.bytes());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Returns an answer that is a text as a whole. */
    String text(String id, Caller caller, Instant now, String mediaType) {
        Reply reply = InnerCall.reply(operation(id), caller, now, mediaType, Map.of(), Map.of());
        if (!(reply.content() instanceof Reply.Whole whole)) {
            throw new IllegalStateException("the operation " + id + " answers no whole text");
        }
        return new String(whole.bytes(), StandardCharsets.UTF_8);
    }

    /** Returns a whole list as a file. */
    Reply file(String id, Caller caller, Instant now, String mediaType, Query query) {
        return InnerCall.reply(operation(id), caller, now, mediaType, query.path(), query.texts());
    }
}
