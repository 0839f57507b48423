package io.foundling.topology.account;

import io.foundling.audit.AlertType;
import io.foundling.schemas.SubjectKey;
import java.util.List;
import java.util.Locale;

/**
 * What is alerted together (rule A1). Its key, {@code type/part/part} in lower case with percent-encoded parts, is also
 * the alert's key, and so a contract.
 *
 * @param parts source and stage; for SETTLEMENT the parent's subject key and the attempt; for GAP the topic; for
 *     DELAYED_SOURCE and SILENT_SOURCE the source; for CLOCK none
 */
public record Group(AlertType type, List<String> parts) {

    public Group {
        parts = List.copyOf(parts);
    }

    /** Returns the group of a source and stage, of one of the types that have these. */
    public static Group of(AlertType type, String source, String stage) {
        return new Group(type, List.of(source, stage));
    }

    /** Returns the group of one attempt of a closed parent. */
    public static Group settlement(String parentKey, int attempt) {
        return new Group(AlertType.SETTLEMENT, List.of(parentKey, Integer.toString(attempt)));
    }

    /** Returns the group of the deleted offsets of a source topic. */
    public static Group gap(String topic) {
        return new Group(AlertType.GAP, List.of(topic));
    }

    /** Returns the group of the paused audit clocks. */
    public static Group clock() {
        return new Group(AlertType.CLOCK, List.of());
    }

    /** Returns the group of a source whose events come late. */
    public static Group delayedSource(String source) {
        return new Group(AlertType.DELAYED_SOURCE, List.of(source));
    }

    /** Returns the group of a source that has stopped reporting. */
    public static Group silentSource(String source) {
        return new Group(AlertType.SILENT_SOURCE, List.of(source));
    }

    /** Whether something is found about each subject that counts in it. */
    public boolean hasFindings() {
        return switch (type) {
            case STALE_SCOPE, RECONCILIATION, VOLUME_ANOMALY -> true;
            case ORPHANED, SUPERSEDED, SETTLEMENT, VIOLATIONS, GAP, CLOCK, DELAYED_SOURCE, SILENT_SOURCE, UNKNOWN ->
                false;
        };
    }

    /** Returns the key, such as {@code orphaned/university/declaration}. */
    public String key() {
        StringBuilder key = new StringBuilder(type.name().toLowerCase(Locale.ROOT));
        for (String part : parts) {
            key.append('/').append(SubjectKey.encode(part));
        }
        return key.toString();
    }

    /**
     * Returns the group of a key.
     *
     * @throws IllegalArgumentException if the text is no such key
     */
    public static Group parse(String key) {
        String[] parts = key.split("/", -1);
        return new Group(
                AlertType.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                List.of(parts).subList(1, parts.length).stream()
                        .map(SubjectKey::decode)
                        .toList());
    }

    /** Returns the subject key of a SETTLEMENT's parent. */
    public String parent() {
        return parts.get(0);
    }

    /** Returns the attempt of a SETTLEMENT's parent. */
    public int attempt() {
        return Integer.parseInt(parts.get(1));
    }
}
