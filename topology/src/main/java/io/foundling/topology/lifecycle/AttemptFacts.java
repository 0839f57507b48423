package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The facts of one attempt, in the total order.
 *
 * @param number the attempt's number
 * @param passing chains without a number that end in a higher attempt, and began in this or a lower one
 */
record AttemptFacts(int number, List<Fact> facts, List<Fact> passing) {

    private static final List<FactType> WITH_STATUS =
            Arrays.stream(FactType.values()).filter(FactType::hasStatus).toList();

    /** Returns the fact that decides the status; none if the attempt holds only facts without a status. */
    Optional<Fact> deciding() {
        Fact best = null;
        for (Fact fact : facts) {
            if (fact.type().hasStatus() && (best == null || outdoes(fact.type(), best.type()))) {
                best = fact;
            }
        }
        return best != null && best.type().status() == Status.EXPECTED ? expected() : Optional.ofNullable(best);
    }

    /** Retired decides over everything, then the first outcome, then the highest rank (rule L8). */
    private static boolean outdoes(FactType later, FactType earlier) {
        if (later == FactType.RETIRED) {
            return earlier != FactType.RETIRED;
        }
        return later.rank() > earlier.rank();
    }

    boolean hasStatus() {
        return deciding().isPresent();
    }

    Status status() {
        return deciding().map(fact -> fact.type().status()).orElse(Status.UNKNOWN);
    }

    /** Returns the fact of a type that enters its status: the first in order, if no fact of another type does. */
    Optional<Fact> first(FactType type) {
        return type.status() == Status.EXPECTED ? expected().filter(fact -> fact.type() == type) : firstOf(type);
    }

    /** Returns the fact that enters EXPECTED: a Declared that has no deadline gives way to an Expected (rule L1). */
    private Optional<Fact> expected() {
        Optional<Fact> declared = firstOf(FactType.DECLARED);
        Optional<Fact> expected = firstOf(FactType.EXPECTED);
        if (declared.isEmpty() || expected.isEmpty()) {
            return declared.or(() -> expected);
        }
        boolean stays = declared.get().deadline().exists() && declared.get().precedes(expected.get());
        return stays ? declared : expected;
    }

    /** Returns the facts that enter its statuses, by rank. */
    List<Fact> entering() {
        List<Fact> entering = new ArrayList<>(4);
        for (FactType type : WITH_STATUS) {
            first(type).ifPresent(entering::add);
        }
        return entering;
    }

    /** Returns how many members it closed with, or else announced first; {@link Fact#NOT_SAID} if it says neither. */
    long expectedMembers() {
        Optional<Fact> outcome = outcome();
        if (outcome.isPresent() && outcome.get().expectedMembers() != Fact.NOT_SAID) {
            return outcome.get().expectedMembers();
        }
        for (Fact fact : facts) {
            if (fact.type() == FactType.PENDING && fact.expectedMembers() != Fact.NOT_SAID) {
                return fact.expectedMembers();
            }
        }
        return Fact.NOT_SAID;
    }

    /** Returns the first fact of a type. */
    Optional<Fact> firstOf(FactType type) {
        for (Fact fact : facts) {
            if (fact.type() == type) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }

    /** Returns the parent that its own facts name first, or an empty text. */
    String parent() {
        for (Fact fact : facts) {
            if (!fact.parent().isEmpty()) {
                return fact.parent();
            }
        }
        return "";
    }

    /** Returns the receiver's name for the submission given first, or an empty text. */
    String externalId() {
        for (Fact fact : facts) {
            if (!fact.texts().externalId().isEmpty()) {
                return fact.texts().externalId();
            }
        }
        return "";
    }

    /** Returns the first outcome, in order; a Retired beside it takes nothing back. */
    Optional<Fact> outcome() {
        for (Fact fact : facts) {
            if (fact.type().isOutcome()) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }

    /** Returns when the first of its facts happened. */
    long beganAtMs() {
        long beganAtMs = Times.NEVER;
        for (Fact fact : facts) {
            beganAtMs = Math.min(beganAtMs, fact.beganAtMs());
        }
        return beganAtMs;
    }

    /** Returns the first fact with a status. */
    Optional<Fact> started() {
        for (Fact fact : facts) {
            if (fact.type().hasStatus()) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }

    /** Returns when the first fact with a status happened. */
    OptionalLong startedAtMs() {
        return firstOccurredAbove(-1);
    }

    /** Returns when the first fact with a status of a rank above {@code rank} happened. */
    OptionalLong firstOccurredAbove(int rank) {
        for (Fact fact : facts) {
            if (fact.type().hasStatus() && fact.type().rank() > rank) {
                return OptionalLong.of(fact.occurredAtMs());
            }
        }
        return OptionalLong.empty();
    }

    /** Returns the highest rank that a fact with a status had given it by then, that time included; -1 without one. */
    int rankAt(long timeMs) {
        int rank = -1;
        for (Fact fact : facts) {
            if (fact.type().hasStatus() && fact.occurredAtMs() <= timeMs) {
                rank = Math.max(rank, fact.type().rank());
            }
        }
        return rank;
    }
}
