package io.foundling.service.tail;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.schemas.Contract;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A topic that can be tailed: each that the ledger or {@code notify} writes, by its name without the common beginning. */
public final class TailTopic {

    private static final List<TailTopic> ALL = TopicContracts.declared().all().stream()
            .filter(topic -> topic.isWritten() || topic.contract().equals(Optional.of(Contract.DELIVERY)))
            .map(TailTopic::new)
            .toList();

    private final TopicContract contract;
    private final Function<JsonNode, String> line;

    private TailTopic(TopicContract contract) {
        this.contract = contract;
        line = contract.contract().map(TailTopic::lineOf).orElse(RecordLine::deadLetter);
    }

    /** Returns all, in the order of topics.yaml. */
    public static List<TailTopic> all() {
        return ALL;
    }

    /** Returns the topic for a word such as {@code dead-letters}. */
    public static Optional<TailTopic> named(String word) {
        return ALL.stream().filter(one -> one.word().equals(word)).findFirst();
    }

    /** Returns all words, for people. */
    public static String words() {
        return ALL.stream().map(TailTopic::word).collect(Collectors.joining(", "));
    }

    public String word() {
        return TopicPrefix.rest(contract.name());
    }

    public String topic(TopicPrefix prefix) {
        return prefix.name(contract.name());
    }

    /** Returns one line of text for a record of this topic, as {@link RecordJson} gives it. */
    public String line(JsonNode record) {
        return line.apply(record);
    }

    boolean isCompacted() {
        return contract.isCompacted();
    }

    boolean isAvro() {
        return contract.contract().isPresent();
    }

    private static Function<JsonNode, String> lineOf(Contract value) {
        return switch (value) {
            case DISPOSITION -> RecordLine::disposition;
            case ORPHAN_WARNING -> RecordLine::orphan;
            case VIOLATION -> RecordLine::violation;
            case CLOSURE -> SettlementLine::closure;
            case SETTLEMENT -> SettlementLine::settlement;
            case ALERT -> SettlementLine::alert;
            case CLOCK_REPORT -> RecordLine::clock;
            case RECONCILIATION -> RecordLine::reconciliation;
            case DELIVERY -> RecordLine::delivery;
            case AUDIT_EVENT -> RecordLine::expected;
        };
    }
}
