package io.foundling.console.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.schemas.SubjectKey;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an alert is shown to any receiver.
 *
 * @param application the ledger's; a label of each alert, as several ledgers may share a receiver
 * @param consoleUrl where people look at an alert; none: messages have no link
 */
public record Presentation(String application, Optional<String> consoleUrl) {

    /** The label that names the ledger. */
    public static final String APPLICATION_LABEL = "application";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(Object json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Returns the labels with the one of the ledger. */
    public Map<String, String> labels(Map<String, String> own) {
        Map<String, String> labels = new TreeMap<>(own);
        labels.put(APPLICATION_LABEL, application);
        return labels;
    }

    /** Returns the link to an alert. */
    public Optional<String> link(String key) {
        return consoleUrl.map(url -> url.replaceFirst("/+$", "") + "/alerts?key=" + SubjectKey.encode(key));
    }
}
