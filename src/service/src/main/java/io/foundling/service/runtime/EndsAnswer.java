package io.foundling.service.runtime;

import io.foundling.topology.clock.Proof;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker said about the ends of a partition.
 *
 * @param proof with the time that was noted before the question
 * @param askedMs monotonic time before the question
 * @param position the next offset to process before the question; negative if it was not known
 */
record EndsAnswer(TopicPartition partition, Proof proof, long askedMs, long position) {}
