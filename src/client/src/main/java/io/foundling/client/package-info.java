/**
 * The public API of the client: what an upstream service calls to report audit events, and the values it gets back. A
 * service calls {@link io.foundling.client.AuditRecorder}, runs with {@link io.foundling.client.KafkaAuditRecorder} and
 * tests with {@link io.foundling.client.InMemoryAuditRecorder}. Every type may be used from any thread, except a
 * builder, which is for one thread at a time.
 *
 * <p>Calls run on the thread of the service and do no I/O unless a setting asks for it. Tickets complete, and metrics
 * are called, on threads of the recorder or of its Kafka producer. How events get to the broker is in {@code internal};
 * nothing outside the client may use those packages.
 */
package io.foundling.client;
