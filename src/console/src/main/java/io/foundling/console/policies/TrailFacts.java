package io.foundling.console.policies;

import java.util.Set;

/**
 * What is known of a trail beside its events.
 *
 * @param isCut whether earlier events were deleted from its topics
 * @param unreadable how many records could not be decoded
 * @param withoutAppendTimes topics on which producers stamp the records
 */
public record TrailFacts(boolean isCut, long unreadable, Set<String> withoutAppendTimes) {

    public static final TrailFacts WHOLE = new TrailFacts(false, 0, Set.of());

    public TrailFacts {
        withoutAppendTimes = Set.copyOf(withoutAppendTimes);
    }
}
