/**
 * The Kafka producer of a recorder: how it is configured, made, replaced after a fatal failure and closed, and which
 * failures are temporary. Called by {@code internal.delivery} only: events are sent on its threads, outcomes arrive on
 * the producer's thread.
 */
package io.foundling.client.internal.broker;
