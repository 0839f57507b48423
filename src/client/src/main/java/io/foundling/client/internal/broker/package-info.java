/**
 * The Kafka producer of a recorder: how it is configured, made, watched, replaced and closed, and which failures are
 * temporary. {@code BrokerLink} replaces it after a fatal failure, and when {@code WatchedProducer} finds that a
 * partition makes no progress, by the counts of {@code PartitionProgress} and the patience of {@code Watch}. Called by
 * {@code internal.delivery} only: events are sent on its threads, outcomes arrive on the producer's thread.
 */
package io.foundling.client.internal.broker;
