package io.foundling.service.asking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a list page by page: each page is an exchange of its own, so that a long list is as reliable as a short one. */
public final class Pages {

    /** The largest that the API has. */
    static final int LARGEST = 1_000;

    private final ConsoleClient client;

    public Pages(ConsoleClient client) {
        this.client = client;
    }

    /**
     * One page.
     *
     * @param head what the answer has besides rows, such as {@code asOf}
     * @param isLast whether there are no further rows
     */
    public record Part(ObjectNode head, List<ObjectNode> rows, boolean isLast) {}

    /** Takes the pages one after the other. */
    @FunctionalInterface
    public interface Reader {

        /** Returns how many further rows are wanted; none: as many as there are. Zero ends the list. */
        Optional<Long> read(Part part);
    }

    /**
     * Reads a list from its beginning.
     *
     * @param isPaged false for a list that the API always answers as a whole
     * @param wanted how many rows at most; none: all
     * @throws AskingException if an answer is missing
     */
    public void read(Question question, boolean isPaged, Optional<Long> wanted, Reader reader) {
        Optional<String> cursor = Optional.empty();
        Optional<Long> left = wanted;
        do {
            long size = Math.min(LARGEST, left.orElse((long) LARGEST));
            Question asked =
                    isPaged ? question.with("limit", Long.toString(size)).with("cursor", cursor) : question;
            ObjectNode answer = client.json(asked);
            Optional<String> next =
                    Optional.of(answer.path("next")).filter(JsonNode::isTextual).map(JsonNode::asText);
            if (next.isPresent() && next.equals(cursor)) {
                throw AskingException.unavailable("the console answers the same page again and again");
            }
            cursor = next;
            left = reader.read(part(answer, next.isEmpty()));
        } while (cursor.isPresent() && left.map(rows -> rows > 0).orElse(true));
    }

    private static Part part(ObjectNode answer, boolean isLast) {
        JsonNode listed = answer.path("rows");
        if (!listed.isArray()) {
            throw AskingException.unavailable("the answer of the console has no rows; its version is another one");
        }
        List<ObjectNode> rows = new ArrayList<>();
        listed.forEach(row -> {
            if (row instanceof ObjectNode object) {
                rows.add(object);
            }
        });
        return new Part(answer, rows, isLast);
    }
}
