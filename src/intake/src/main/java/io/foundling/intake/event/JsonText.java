package io.foundling.intake.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.console.web.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Parses JSON strictly: UTF-8 only, no name twice, nothing behind the end, no numbers that JSON does not have, and no deeper
 * nesting and no more values than an event needs, because every two bytes of a body could become an object.
 */
public final class JsonText {

    private static final int MAX_DEPTH = 12;

    /** Names, values and brackets of one event. */
    private static final int MAX_TOKENS = 10_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectReader ELEMENTS =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonText() {}

    /**
     * Parses one value.
     *
     * @throws RefusedEventException if this is no JSON
     */
    public static JsonNode one(byte[] bytes, int from, int length) {
        try (Counted parser = new Counted(MAPPER.createParser(text(bytes, from, length)))) {
            JsonNode value = MAPPER.readTree(parser);
            if (value == null) {
                throw new RefusedEventException("There is no JSON");
            }
            return value;
        } catch (IOException malformed) {
            throw refused(malformed);
        }
    }

    /**
     * Parses an array, of which only one element at a time is in memory, or one value that is no array.
     *
     * @param each gets the elements, or the value
     * @throws RefusedEventException if this is no JSON; some elements may have been handed over
     */
    public static void oneOrMany(byte[] bytes, Consumer<JsonNode> each) {
        try (Counted parser = new Counted(MAPPER.createParser(text(bytes, 0, bytes.length)))) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                each.accept(one(bytes, 0, bytes.length));
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.count = 0;
                each.accept(ELEMENTS.readTree(parser));
            }
            if (parser.nextToken() != null) {
                throw new RefusedEventException("The body has more behind the end of its array");
            }
        } catch (IOException malformed) {
            throw refused(malformed);
        }
    }

    private static Reader text(byte[] bytes, int from, int length) {
        return new InputStreamReader(
                new ByteArrayInputStream(bytes, from, length),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static RefusedEventException refused(IOException malformed) {
        if (malformed instanceof CharacterCodingException) {
            return new RefusedEventException("This is not JSON: its bytes are not UTF-8");
        }
        String reason = malformed instanceof JacksonException known ? known.getOriginalMessage() : "";
        return new RefusedEventException(
                "This is not JSON: " + Shown.of(reason.lines().findFirst().orElse("it ends in the middle")));
    }

    private static final class Counted extends JsonParserDelegate {

        private int count;

        private Counted(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            count++;
            if (count > MAX_TOKENS) {
                throw new RefusedEventException(
                        "An event has more than " + MAX_TOKENS + " JSON names, values and brackets, must have fewer");
            }
            return super.nextToken();
        }
    }
}
