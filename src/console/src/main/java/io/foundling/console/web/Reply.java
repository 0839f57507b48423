package io.foundling.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param headers further ones than those that every answer has, or others in their place
 */
public record Reply(int status, String mediaType, Map<String, String> headers, Content content) {

    private static final int OK = 200;

    /** What is written after the headers. */
    public sealed interface Content {}

    /** Everything at once. */
    public record Whole(byte[] bytes) implements Content {}

    /** Written as it is made. What fails after the first byte ends the connection, so that nobody takes it for whole. */
    @FunctionalInterface
    public non-sealed interface Stream extends Content {

        /** @throws IOException if the caller has gone away */
        void writeTo(OutputStream out) throws IOException;

        /** Called instead if the caller wants the headers only. */
        default void skipped() {}
    }

    public static Reply json(JsonNode json) {
        return whole(OK, MediaTypes.JSON, json.toString());
    }

    public static Reply text(String text) {
        return whole(OK, MediaTypes.TEXT, text);
    }

    public static Reply yaml(String text) {
        return whole(OK, MediaTypes.YAML, text);
    }

    static Reply whole(int status, String mediaType, String text) {
        return new Reply(status, mediaType, Map.of(), new Whole(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Reply stream(String mediaType, Stream content) {
        return new Reply(OK, mediaType, Map.of(), content);
    }

    /** Returns this with one more header. */
    public Reply header(String name, String value) {
        return headers(Map.of(name, value));
    }

    /** Returns this with more headers. */
    public Reply headers(Map<String, String> further) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(further);
        return new Reply(status, mediaType, more, content);
    }
}
