/**
 * What is true of an audit event before it is delivered: its checks, its size, a copy that does not change, its id,
 * producer and trace. {@code BodyTypes} has one row for each body of the contract. No Kafka, no I/O, no other package
 * of the client.
 *
 * <p>Called by the public API and by {@code internal.delivery}, on the thread that records the event.
 */
package io.foundling.client.internal.event;
