package io.foundling.topology.volume;

import io.foundling.topology.lifecycle.Fact;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What the last completion of a day counted.
 *
 * @param day in the zone of the policy
 */
record Sample(LocalDate day, long occurredAtMs, UUID eventId, SortedMap<String, Long> counts) {

    Sample {
        counts = Collections.unmodifiableSortedMap(counts);
    }

    boolean isLaterThan(Sample other) {
        return occurredAtMs != other.occurredAtMs
                ? occurredAtMs > other.occurredAtMs
                : Fact.compareAsBytes(eventId, other.eventId) > 0;
    }

    boolean isMonthEnd() {
        return day.getDayOfMonth() == day.lengthOfMonth();
    }
}
