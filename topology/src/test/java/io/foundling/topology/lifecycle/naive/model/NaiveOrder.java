package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** The total order over facts, and the arithmetic of times. */
final class NaiveOrder {

    /** A UUID's text is its bytes in hexadecimal, so that comparing texts compares unsigned bytes. */
    static final Comparator<Fact> IN_ORDER = Comparator.comparing(Fact::occurredAtMs)
            .thenComparing(fact -> rank(fact.type()))
            .thenComparing(fact -> fact.eventId().toString());

    /** What the event itself says, in the order of the rule; what a policy gave is not in it. */
    private static final List<Function<Fact, Comparable<?>>> CONTENTS = List.of(
            Fact::occurredAtMs,
            fact -> rank(fact.type()),
            fact -> fact.type().toString(),
            Fact::attempt,
            Fact::parent,
            fact -> Set.of("dueAt", "extended").contains(fact.deadline().rule())
                    ? fact.deadline().atMs()
                    : Long.MAX_VALUE,
            fact -> fact.texts().detail(),
            fact -> fact.texts().waitingOn(),
            fact -> fact.texts().reason(),
            fact -> fact.texts().externalId(),
            fact -> fact.texts().promisedBy(),
            fact -> fact.texts().outputHash(),
            fact -> fact.numbers().expectedMembers(),
            fact -> fact.numbers().durationMs(),
            fact -> fact.numbers().counts().size(),
            fact -> fact.numbers().counts().toString());

    private NaiveOrder() {}

    static int rank(FactType type) {
        return switch (type) {
            case DECLARED, EXPECTED -> 1;
            case OPENED -> 2;
            case DEFERRED -> 3;
            case PENDING -> 4;
            case RETRYING -> 5;
            case COMPLETED, FAILED, SKIPPED, CANCELLED, RETIRED -> 6;
            case EXTENDED -> 7;
        };
    }

    @SuppressWarnings("unchecked")
    private static int compareCopies(Fact a, Fact b) {
        return CONTENTS.stream()
                .mapToInt(part -> ((Comparable<Object>) part.apply(a)).compareTo(part.apply(b)))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }

    /** Returns the facts of the events, one for each eventId, in order; of equal ones the first to arrive. */
    static List<Fact> distinctFacts(Collection<NaiveEvent> events) {
        Map<UUID, Fact> byId = new HashMap<>();
        events.stream()
                .map(NaiveEvent::fact)
                .flatMap(Optional::stream)
                .forEach(fact -> byId.merge(fact.eventId(), fact, BinaryOperator.minBy(NaiveOrder::compareCopies)));
        return byId.values().stream().sorted(IN_ORDER).toList();
    }

    static long add(long a, long b) {
        BigInteger sum = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
        return sum.max(BigInteger.valueOf(Long.MIN_VALUE))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
