package io.foundling.service.tail;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.topology.names.TopicNames;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The topics that can be tailed, and how one of their records reads in a line. */
public enum TailTopic {
    DISPOSITIONS(TopicNames.DISPOSITIONS, true, RecordLine::disposition),
    ORPHANS(TopicNames.ORPHANS, true, RecordLine::orphan),
    CLOSURES(TopicNames.CLOSURES, false, SettlementLine::closure),
    SETTLEMENTS(TopicNames.SETTLEMENTS, true, SettlementLine::settlement),
    ALERTS(TopicNames.ALERTS, true, SettlementLine::alert),
    VIOLATIONS(TopicNames.VIOLATIONS, false, RecordLine::violation),
    DEAD_LETTERS(TopicNames.DEAD_LETTERS, false, RecordLine::deadLetter);

    private final String topic;
    private final boolean compacted;
    private final Function<JsonNode, String> line;

    TailTopic(String topic, boolean compacted, Function<JsonNode, String> line) {
        this.topic = topic;
        this.compacted = compacted;
        this.line = line;
    }

    /** Returns the topic for a word such as {@code dead-letters}. */
    public static Optional<TailTopic> named(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Returns all words, for people. */
    public static String words() {
        return Arrays.stream(values()).map(TailTopic::word).collect(Collectors.joining(", "));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String topic() {
        return topic;
    }

    /** Returns one line of text for a record of this topic, as {@link RecordJson} gives it. */
    public String line(JsonNode record) {
        return line.apply(record);
    }

    boolean isCompacted() {
        return compacted;
    }

    boolean isAvro() {
        return this != DEAD_LETTERS;
    }
}
