package io.foundling.console.model.query;

import java.time.Instant;

/**
 * How far a topic was read.
 *
 * @param asOf up to when it was read completely, in every partition; 1970 if one has not caught up
 * @param completeSince of the trail: since when nothing is missing
 * @param passedOver records that could not be decoded
 */
public record TopicState(String topic, Instant asOf, Instant completeSince, long passedOver) {}
