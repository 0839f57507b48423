package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.text.DurationWords;
import java.time.Instant;

/** Times, durations and facts in plain English. */
final class Words {

    private Words() {}

    /** Returns a time in UTC. */
    static String time(long ms) {
        return ms == Times.NEVER ? "never" : Instant.ofEpochMilli(ms).toString();
    }

    /** Returns a duration such as {@code 1 h 5 min}. */
    static String duration(long ms) {
        return DurationWords.of(ms);
    }

    /** Returns what a fact is called in the contract. */
    static String name(FactType type) {
        return switch (type) {
            case DECLARED -> "Declared";
            case EXPECTED -> "Expected";
            case OPENED -> "Opened";
            case DEFERRED -> "Deferred";
            case PENDING -> "Pending";
            case RETRYING -> "Failed (retriable)";
            case COMPLETED -> "Completed";
            case FAILED -> "Failed";
            case SKIPPED -> "Skipped";
            case CANCELLED -> "Cancelled";
            case RETIRED -> "Retired";
            case EXTENDED -> "Extended";
        };
    }

    /** Returns a fact in a sentence about another one. */
    static String ref(Fact fact) {
        return "the " + name(fact.type()) + " of " + time(fact.occurredAtMs());
    }

    /** Returns a fact at the beginning of a sentence. */
    static String sentence(Fact fact) {
        return "The " + name(fact.type()) + " of " + time(fact.occurredAtMs());
    }
}
