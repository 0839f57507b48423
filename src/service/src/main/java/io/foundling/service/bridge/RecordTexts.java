package io.foundling.service.bridge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The key and the headers of a record, as far as they are texts in UTF-8. Others are as if they were not there. */
final class RecordTexts {

    private RecordTexts() {}

    static Optional<String> key(byte[] key) {
        return text(key);
    }

    /** Of several headers of a name, the last counts. */
    static Map<String, String> headers(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : headers) {
            text(header.value()).ifPresent(text -> texts.put(header.key(), text));
        }
        return texts;
    }

    private static Optional<String> text(byte[] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
