/**
 * The way of an accepted event to the broker. {@code EventPipeline} assembles it and is the only class that the public
 * API calls.
 *
 * <p>The calling thread puts an event into {@code EventQueue}. {@code Drain}, a daemon thread, takes events out in
 * order and puts them into a {@code Sink}: {@code BrokerSink} sends them to the Kafka producer; {@code SpoolSink}
 * writes them to disk, from where a second daemon thread, {@code SpoolSender}, sends them, and a third one,
 * {@code UrgentLane}, sends urgent events past a long spool. {@code DeliveryCounts} counts the outcome and completes
 * the ticket, on the thread on which the outcome became known.
 */
package io.foundling.client.internal.delivery;
