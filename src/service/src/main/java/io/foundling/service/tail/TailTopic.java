package io.foundling.service.tail;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.Status;
import io.foundling.schemas.Contract;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be tailed: each topic that the ledger or {@code notify} writes, by its name without the common beginning, and as
 * {@code events} all topics that the ledger reads events from.
 */
public final class TailTopic {

    private static final List<TailTopic> ALL =
            TopicContracts.declared().all().stream().map(TailTopic::new).toList();

    private final TopicContract contract;
    private final Function<JsonNode, String> line;

    private TailTopic(TopicContract contract) {
        this.contract = contract;
        line = contract.source()
                ? EventLine::of
                : contract.contract().map(TailTopic::lineOf).orElse(RecordLine::deadLetter);
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

    /**
     * Returns the topics of a ledger.
     *
     * @param sources topics that it reads events from
     */
    public List<String> topics(TopicPrefix prefix, List<String> sources) {
        return contract.source() ? sources : List.of(topic(prefix));
    }

    /** Returns the statuses that its records may have, in upper case; empty if they have none. */
    public Set<String> statuses() {
        if (contract.source()) {
            Set<String> all = names(Status.class);
            EventLine.facts().forEach(fact -> all.add(fact.toUpperCase(Locale.ROOT)));
            return all;
        }
        return contract.contract().map(TailTopic::statusesOf).orElse(Set.of());
    }

    private static Set<String> statusesOf(Contract value) {
        return switch (value) {
            case DISPOSITION, ORPHAN_WARNING, CLOSURE, SETTLEMENT, AUDIT_EVENT -> names(Status.class);
            case ALERT, DELIVERY -> names(AlertStatus.class);
            case RECONCILIATION -> names(CheckStatus.class);
            case VIOLATION, CLOCK_REPORT -> Set.of();
        };
    }

    private static Set<String> names(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
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
