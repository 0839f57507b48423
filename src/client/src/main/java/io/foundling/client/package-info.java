/**
 * The recorder that an upstream service links to report audit events. Every public type may be used from any thread, a builder
 * by one at a time. {@link io.foundling.client.AuditRecorder} is what a service sees,
 * {@link io.foundling.client.KafkaAuditRecorder} what it runs with, {@link io.foundling.client.InMemoryAuditRecorder} what its
 * tests use.
 *
 * <p>An event goes from the caller's thread through a queue to the drain, a daemon thread of the recorder, and from there
 * to the Kafka producer, or through a spool on disk, which a second thread sends from. Tickets complete on the thread that
 * learns what became of the event.
 */
package io.foundling.client;
